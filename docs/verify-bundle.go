// Verifies a proof that `letopis export-proof` wrote, with nothing but Go's standard library and nothing of Letopis.
//
//	go run docs/verify-bundle.go plan_…-proof.html [KEY]
//
// KEY is the public key of the log as its keeper publishes it; without it the one in the file is taken, which shows only that
// the file is whole. What is checked is told in PROTOCOL.md. It ends with 0 when the proof holds, else with 1.
package main

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"strings"
)

type bundle struct {
	Format, Stream, Checkpoint string
	Keys                       struct{ Log, Witness string }
	Entries                    []struct {
		Index int
		Entry string
		Proof []string
	}
}

func fail(format string, args ...any) {
	fmt.Printf("FAILED: "+format+"\n", args...)
	os.Exit(1)
}

func decoded(text string) []byte {
	raw, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		fail("%q is not base64", text)
	}
	return raw
}

func hash(parts ...[]byte) []byte {
	sum := sha256.Sum256(bytes.Join(parts, nil))
	return sum[:]
}

func leaf(entry []byte) []byte       { return hash([]byte{0}, entry) }
func node(left, right []byte) []byte { return hash([]byte{1}, left, right) }

// root follows a proof of inclusion up to the root (RFC 9162, 2.1.3.2); nil when the proof has the wrong length.
func root(hash []byte, index, size int, proof []string) []byte {
	last := size - 1
	for _, text := range proof {
		sibling := decoded(text)
		if last == 0 {
			return nil
		}
		if index%2 == 1 || index == last {
			hash = node(sibling, hash)
			for index%2 == 0 && index != 0 {
				index, last = index/2, last/2
			}
		} else {
			hash = node(hash, sibling)
		}
		index, last = index/2, last/2
	}
	if last != 0 {
		return nil
	}
	return hash
}

// signed tells whether a note bears the signature of a key in the form name+id+base64(1 ‖ public key).
func signed(text, signatures, key string) bool {
	parts := strings.SplitN(key, "+", 3)
	if len(parts) != 3 {
		fail("%q is no key", key)
	}
	public := decoded(parts[2])
	if len(public) != 33 || public[0] != 1 {
		fail("%q is no Ed25519 key", key)
	}
	id := hash([]byte(parts[0]+"\n"), public)[:4]
	for _, line := range strings.Split(signatures, "\n") {
		fields := strings.Fields(line)
		if len(fields) != 3 || fields[0] != "—" || fields[1] != parts[0] {
			continue
		}
		raw := decoded(fields[2])
		if len(raw) == 68 && bytes.Equal(raw[:4], id) && ed25519.Verify(public[1:], []byte(text), raw[4:]) {
			return true
		}
	}
	return false
}

func main() {
	if len(os.Args) < 2 {
		fail("name the file")
	}
	page, err := os.ReadFile(os.Args[1])
	if err != nil {
		fail("%v", err)
	}
	text := string(page)
	if _, after, found := strings.Cut(text, `<script type="application/json" id="proof">`); found {
		text, _, _ = strings.Cut(after, "</script>")
	}
	var b bundle
	if err := json.Unmarshal([]byte(text), &b); err != nil || b.Format != "letopis-proof/1" {
		fail("this file holds no proof of the form letopis-proof/1")
	}
	key := b.Keys.Log
	if len(os.Args) > 2 {
		key = os.Args[2]
	}
	note, signatures, found := strings.Cut(b.Checkpoint, "\n\n")
	note += "\n"
	lines := strings.Split(note, "\n")
	if name := strings.SplitN(key, "+", 2)[0]; found && lines[0] != name {
		fail("this is the key of another log, %s; the proof is of %s", name, lines[0])
	}
	if !found || len(lines) < 4 || !signed(note, signatures, key) {
		fail("the checkpoint is not signed by %s", key)
	}
	size, err := strconv.Atoi(lines[1])
	if err != nil {
		fail("the checkpoint names no size")
	}
	top := decoded(lines[2])

	previous, named, before := make([]byte, 32), false, -1
	for number, each := range b.Entries {
		entry := []byte(each.Entry)
		if each.Index < 0 || each.Index >= size || !bytes.Equal(root(leaf(entry), each.Index, size, each.Proof), top) {
			fail("event %d is not in the log", number+1)
		}
		var said struct {
			Stream   string
			Previous *string
		}
		if err := json.Unmarshal(entry, &said); err != nil || said.Stream != b.Stream || each.Index <= before {
			fail("event %d is of another history", number+1)
		}
		if said.Previous == nil && named || said.Previous != nil && !bytes.Equal(decoded(*said.Previous), previous) {
			fail("the event before number %d was another", number+1)
		}
		previous, named, before = leaf(entry), named || said.Previous != nil, each.Index
	}
	fmt.Printf("verified: %d events of %s stand so in the log %s of %d entries\n", len(b.Entries), b.Stream, lines[0], size)
}
