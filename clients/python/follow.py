"""Prints all plans, then every change, and keeps its position in a file, to continue there when it starts again:
LETOPIS_KEY=… python3 follow.py http://localhost:4000 position.txt"""
import http.client, json, os, sys, time, urllib.error, urllib.request

START = "{ system { readModels } }"
PLANS = "query($after: String) { plans(first: 50, after: $after) { nodes { id title } pageInfo { hasNextPage endCursor } } }"
CHANGES = "query($after: Position) { changes(after: $after) { position hasMore changes { eventType planId activityIds } } }"

if len(sys.argv) != 3 or "LETOPIS_KEY" not in os.environ:
    sys.exit(__doc__)
url, file = f"{sys.argv[1]}/graphql", sys.argv[2]


def ask(query, **variables):
    headers = {"Authorization": f"Bearer {os.environ['LETOPIS_KEY']}", "Content-Type": "application/json"}
    request = urllib.request.Request(url, json.dumps({"query": query, "variables": variables}).encode(), headers)
    while True:
        try:
            answer = json.load(urllib.request.urlopen(request, timeout=30))
        except urllib.error.HTTPError as error:
            answer = said(error) if error.code < 429 else None  # From 429 on the server is busy or away.
        except ValueError:
            sys.exit(f"{url} is no address of Letopis.")
        except (OSError, http.client.HTTPException):
            answer = None
        if answer is None:
            time.sleep(2)
        elif "errors" in answer:
            error = answer["errors"][0]
            sys.exit(f"{error['extensions']['code']}: {error['message']}")
        elif "data" not in answer:
            sys.exit(f"{url}: {answer.get('detail', answer)}")
        else:
            return answer["data"]


def said(error):
    try:
        return json.load(error)
    except ValueError:
        sys.exit(f"{url} answers {error}.")


def show(things):
    for thing in things:
        print(json.dumps(thing, ensure_ascii=False), flush=True)


def keep(position):
    with open(f"{file}.new", "w") as new:
        new.write(position)
    os.replace(f"{file}.new", file)  # A program that is killed here leaves the position before or after, never half of it.


if not os.path.exists(file):
    start = ask(START)["system"]["readModels"]  # What changes while the plans are read comes again as a change.
    page = {"hasNextPage": True, "endCursor": None}
    while page["hasNextPage"]:
        plans = ask(PLANS, after=page["endCursor"])["plans"]
        show(plans["nodes"])
        page = plans["pageInfo"]
    keep(start)
with open(file) as kept:
    position = kept.read()
while True:
    feed = ask(CHANGES, after=position)["changes"]
    show(feed["changes"])
    if feed["position"] != position:
        position = feed["position"]
        keep(position)
    if not feed["hasMore"]:
        time.sleep(2)
