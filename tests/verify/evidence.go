// Checks evidence with Go's own packages for signed notes and transparency logs, and with nothing of ours.
//
//	evidence FILE [VKEY]     prints what is proven and ends with 0, or why it is not and ends with 1
package main

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type entry struct {
	Index int64    `json:"index"`
	Entry []byte   `json:"entry"`
	Path  [][]byte `json:"path"`
}

type evidence struct {
	Kind    string   `json:"kind"`
	Logs    []string `json:"logs"`
	Heads   []string `json:"heads"`
	Root    []byte   `json:"root"`
	Path    [][]byte `json:"path"`
	Entries []entry  `json:"entries"`
	Witness string   `json:"witness"`
	LateS   *int64   `json:"late_s"`
}

type fact struct {
	At   string `json:"at"`
	Id   string `json:"id"`
	Seq  int64  `json:"seq"`
	Prev string `json:"prev"`
	Log  string `json:"log"`
}

type head struct {
	origin string
	size   int64
	root   tlog.Hash
	time   int64
}

// cosigner verifies C2SP tlog-cosignature lines, which Go's package does not know.
type cosigner struct {
	name string
	hash uint32
	key  ed25519.PublicKey
	time int64
}

func (c *cosigner) Name() string    { return c.name }
func (c *cosigner) KeyHash() uint32 { return c.hash }
func (c *cosigner) Verify(msg, sig []byte) bool {
	if len(sig) != 8+ed25519.SignatureSize {
		return false
	}
	at := binary.BigEndian.Uint64(sig)
	signed := append([]byte(fmt.Sprintf("cosignature/v1\ntime %d\n", at)), msg...)
	if !ed25519.Verify(c.key, signed, sig[8:]) {
		return false
	}
	c.time = int64(at)
	return true
}

func refuse(format string, args ...interface{}) {
	fmt.Printf("not proven: "+format+"\n", args...)
	os.Exit(1)
}

func need(err error) {
	if err != nil {
		refuse("%v", err)
	}
}

func hash(data []byte) (h tlog.Hash) {
	if len(data) != len(h) {
		refuse("a hash has %d bytes", len(data))
	}
	copy(h[:], data)
	return h
}

func hashes(list [][]byte) (found []tlog.Hash) {
	for _, data := range list {
		found = append(found, hash(data))
	}
	return found
}

func open(text string, logs []string, witness *cosigner) head {
	var known []note.Verifier
	for _, vkey := range logs {
		verifier, err := note.NewVerifier(vkey)
		need(err)
		known = append(known, verifier)
	}
	if witness != nil {
		known = append(known, witness)
	}
	opened, err := note.Open([]byte(text), note.VerifierList(known...))
	need(err)
	lines := strings.Split(opened.Text, "\n")
	signed := false
	for _, signature := range opened.Sigs {
		signed = signed || signature.Name == lines[0]
	}
	if !signed {
		refuse("the log did not sign")
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	need(err)
	root, err := base64.StdEncoding.DecodeString(lines[2])
	need(err)
	found := head{lines[0], size, hash(root), 0}
	if witness != nil {
		found.time, witness.time = witness.time, 0
	}
	return found
}

func parseWitness(vkey string) *cosigner {
	if vkey == "" {
		return nil
	}
	parts := strings.SplitN(vkey, "+", 3)
	data, err := base64.StdEncoding.DecodeString(parts[2])
	need(err)
	sum := sha256.Sum256(append([]byte(parts[0]+"\n"), data...))
	if data[0] != 4 || hex.EncodeToString(sum[:4]) != parts[1] {
		refuse("the witness's key is none")
	}
	return &cosigner{parts[0], binary.BigEndian.Uint32(sum[:4]), ed25519.PublicKey(data[1:]), 0}
}

func seconds(at string) int64 {
	parsed, err := time.Parse(time.RFC3339, at)
	need(err)
	return parsed.Unix()
}

func main() {
	data, err := os.ReadFile(os.Args[1])
	need(err)
	var e evidence
	need(json.Unmarshal(data, &e))
	if len(os.Args) > 2 && !strings.Contains(strings.Join(e.Logs, " "), os.Args[2]) {
		refuse("another log")
	}
	witness := parseWitness(e.Witness)
	var heads []head
	for _, text := range e.Heads {
		heads = append(heads, open(text, e.Logs, witness))
	}
	if e.Kind == "fork" {
		one, other, root := heads[0], heads[1], hash(e.Root)
		if one.origin != other.origin {
			refuse("two logs")
		}
		need(tlog.CheckTree(hashes(e.Path), other.size, other.root, one.size, root))
		if root == one.root {
			refuse("one tree")
		}
		fmt.Println("proven: fork")
		return
	}
	last := heads[len(heads)-1]
	var facts []fact
	for _, one := range e.Entries {
		need(tlog.CheckRecord(hashes(one.Path), last.size, last.root, one.Index, tlog.RecordHash(one.Entry)))
		var found fact
		need(json.NewDecoder(bytes.NewReader(one.Entry)).Decode(&found))
		facts = append(facts, found)
	}
	switch e.Kind {
	case "order":
		above, below := facts[0], facts[1]
		if e.Entries[0].Index >= e.Entries[1].Index {
			refuse("not in their order")
		}
		leaf := tlog.RecordHash(e.Entries[0].Entry)
		wrong := seconds(below.At) < seconds(above.At)
		if above.Id == below.Id {
			wrong = wrong || below.Seq <= above.Seq
			wrong = wrong || below.Seq == above.Seq+1 && below.Prev != hex.EncodeToString(leaf[:])
		}
		if !wrong {
			refuse("in order")
		}
	case "foreign":
		if facts[0].Log == last.origin {
			refuse("of this log")
		}
	case "backdated":
		if e.Entries[0].Index < heads[0].size || heads[0].time == 0 || seconds(facts[0].At)+*e.LateS >= heads[0].time {
			refuse("not backdated")
		}
	default:
		refuse("only reported: %s", e.Kind)
	}
	fmt.Println("proven:", e.Kind)
}
