import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.MongoVersion;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import java.net.InetSocketAddress;
import java.util.List;

/** A stand-in for MongoDB. Arguments: its file (-: in memory), and the port (0: any). It prints its port. */
public class Main {
  public static void main(String[] args) throws Exception {
    H2Backend backend = args[0].equals("-") ? H2Backend.inMemory() : new H2Backend(args[0]);
    backend.version(
        new MongoVersion() {
          public List<Integer> getVersionArray() {
            return List.of(5, 0, 0);
          }

          public int getWireVersion() {
            return 13;
          }
        });
    MongoServer server = new MongoServer(backend);
    server.bind("127.0.0.1", Integer.parseInt(args[1]));
    InetSocketAddress address = server.getLocalAddress();
    Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown));
    System.out.println(address.getPort());
    Thread.currentThread().join();
  }
}
