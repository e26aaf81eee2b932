// Verifies a proof that `npx letopis export-proof` wrote, with nothing but Go's standard library and nothing of Letopis.
//
//	go run docs/verify-bundle.go plan_…-proof.html [KEY]
//
// KEY is the public key of the log as its keeper publishes it; without it the one in the file is taken, which shows only that
// the file is whole. PROTOCOL.md says what is checked. The exit code is 0 when the proof holds, else 1.
//
// A readable history (letopis-proof/2) holds when the log has signed each of its lines for its event, the names, and the
// page around them. Author, time, reason and basis are also compared with the event itself. That the other words are true
// to the event is not checked here, because only Letopis knows its wording: npx letopis verify --bundle writes them again.
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
	History *struct {
		Note, Names string
		Lines       []string
	}
}

// facts are what a line repeats of its event unchanged.
type facts struct {
	RecordedAt                      string
	EffectiveOn, OnBehalfOf, Reason *string
	Actor                           struct {
		Role               string
		Post, Organisation *string
	}
	Basis any
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

// parts cuts a file into the page around the proof and the proof; a file of JSON has no page. A "<" in the proof could be
// shown by a browser, so such a file is a page as a whole.
func parts(text string) (page, proof string, isPage bool) {
	proof = text
	before, rest, found := strings.Cut(text, `<script type="application/json" id="proof">`)
	if element, after, ends := strings.Cut(rest, "</script>"); found && ends {
		page, proof, isPage = before+after, element, true
	}
	if strings.Contains(proof, "<") {
		return text, proof, true
	}
	return page, proof, isPage
}

func base64Of(text string) string { return base64.StdEncoding.EncodeToString(hash([]byte(text))) }

func factsIn(text string) string {
	var found facts
	if err := json.Unmarshal([]byte(text), &found); err != nil {
		fail("%v", err)
	}
	known, _ := json.Marshal(found)
	return string(known)
}

// history checks the readable history: the list of its hashes is signed, and is that of the events, lines, names and page.
func history(b bundle, name, key, page string, isPage bool) {
	text, signatures, found := strings.Cut(b.History.Note, "\n\n")
	rows := strings.Split(text, "\n")
	if !found || !signed(text+"\n", signatures, key) || len(rows) < 5 || rows[0] != name+"/history" || rows[1] != b.Stream {
		fail("the readable history is not signed by %s", key)
	}
	if len(b.History.Lines) != len(b.Entries) || len(rows) != 5+len(b.Entries) {
		fail("the readable history has %d lines for %d events", len(b.History.Lines), len(b.Entries))
	}
	for at, line := range b.History.Lines {
		entry := b.Entries[at].Entry
		if rows[5+at] != base64.StdEncoding.EncodeToString(leaf([]byte(entry)))+" "+base64Of(line) {
			fail("line %d is not the one that was signed for event %d", at+1, at+1)
		}
		if factsIn(line) != factsIn(entry) {
			fail("line %d has another author, time or reason than event %d", at+1, at+1)
		}
	}
	if rows[4] != "names "+base64Of(b.History.Names) {
		fail("the list of names was changed")
	}
	if isPage && rows[3] != "page "+base64Of(page) {
		fail("the page shows something else than what was signed")
	}
	fmt.Printf("readable: the log has signed these %d lines, written by %s\n", len(b.Entries), rows[2])
}

func main() {
	if len(os.Args) < 2 {
		fail("name the file")
	}
	file, err := os.ReadFile(os.Args[1])
	if err != nil {
		fail("%v", err)
	}
	page, text, isPage := parts(string(file))
	var b bundle
	err = json.Unmarshal([]byte(text), &b)
	if err != nil || b.Format != "letopis-proof/1" && b.Format != "letopis-proof/2" || (b.Format == "letopis-proof/2") != (b.History != nil) {
		fail("this file holds no proof of the form letopis-proof/1 or letopis-proof/2")
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
	if b.History == nil {
		fmt.Println("the file has no readable history: what its page says was not verified")
		return
	}
	history(b, lines[0], key, page, isPage)
}
