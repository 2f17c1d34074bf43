// The verdicts of Go's own packages of the checksum database: a case a line on standard input, a verdict a line on
// standard output; "-" for what they do not know.
package main

import (
	"bufio"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type testCase struct {
	Check   string            `json:"check"`
	Index   int64             `json:"index"`
	Old     int64             `json:"old"`
	Size    int64             `json:"size"`
	Leaf    string            `json:"leaf"`
	Root    string            `json:"root"`
	OldRoot string            `json:"old_root"`
	Proof   json.RawMessage   `json:"proof"`
	Data    string            `json:"data"`
	Log     string            `json:"log"`
	Policy  string            `json:"policy"`
	Text    string            `json:"text"`
	Files   map[string]string `json:"files"`
}

func data(encoded string) []byte {
	found, err := base64.StdEncoding.DecodeString(encoded)
	if err != nil {
		panic(err)
	}
	return found
}

func hash(encoded string) (found tlog.Hash, ok bool) {
	bytes := data(encoded)
	copy(found[:], bytes)
	return found, len(bytes) == tlog.HashSize
}

func hashes(raw json.RawMessage) (found []tlog.Hash, ok bool) {
	var lines []string
	if err := json.Unmarshal(raw, &lines); err != nil {
		panic(err)
	}
	for _, line := range lines {
		one, ok := hash(line)
		if !ok {
			return nil, false
		}
		found = append(found, one)
	}
	return found, true
}

type tiles map[string]string

func (files tiles) Height() int                         { return 8 }
func (files tiles) SaveTiles(_ []tlog.Tile, _ [][]byte) {}
func (files tiles) ReadTiles(asked []tlog.Tile) ([][]byte, error) {
	var found [][]byte
	for _, one := range asked {
		encoded, ok := files[strings.Replace(one.Path(), "tile/8/", "tile/", 1)]
		if !ok {
			return nil, fmt.Errorf("no %s", one.Path())
		}
		found = append(found, data(encoded))
	}
	return found, nil
}

func verdict(one testCase) string {
	root, isHash := hash(one.Root)
	switch one.Check {
	case "inclusion":
		leaf, ok := hash(one.Leaf)
		proof, all := hashes(one.Proof)
		if !ok || !all || !isHash || tlog.CheckRecord(proof, one.Size, root, one.Index, leaf) != nil {
			return "no"
		}
		return "yes"
	case "consistency":
		old, ok := hash(one.OldRoot)
		proof, all := hashes(one.Proof)
		if !ok || !all || !isHash || tlog.CheckTree(proof, one.Size, root, one.Old, old) != nil {
			return "no"
		}
		return "yes"
	case "note":
		if one.Policy != "" {
			return "-"
		}
		key, err := note.NewVerifier(one.Log)
		if err != nil {
			return "no"
		}
		opened, err := note.Open(data(one.Data), note.VerifierList(key))
		if err != nil || !strings.HasPrefix(opened.Text, key.Name()+"\n") {
			return "no"
		}
		head, err := tlog.ParseTree([]byte("go.sum database tree\n" + strings.SplitN(opened.Text, "\n", 2)[1]))
		if err != nil {
			return "no"
		}
		return fmt.Sprintf("yes %d %s", head.N, head.Hash)
	case "tree":
		reader := tlog.TileHashReader(tlog.Tree{N: one.Size, Hash: root}, tiles(one.Files))
		var indexes []int64
		for n := int64(0); n < one.Size; n++ {
			indexes = append(indexes, tlog.StoredHashIndex(0, n))
		}
		leaves, err := reader.ReadHashes(indexes)
		if err != nil {
			return "no"
		}
		for n, leaf := range leaves {
			if !bundled(one.Files, one.Size, int64(n), leaf) {
				return "no"
			}
		}
		return fmt.Sprintf("yes %d", one.Size)
	}
	return "-"
}

// bundled says whether entry n of its bundle has the leaf hash; the bundles are not of Go's format, the hashes are.
func bundled(files map[string]string, size, n int64, leaf tlog.Hash) bool {
	first, width := n/256*256, int64(256)
	path := fmt.Sprintf("tile/entries/%03d", n/256)
	if size-first < width {
		width = size - first
		path = fmt.Sprintf("%s.p/%d", path, width)
	}
	encoded, ok := files[path]
	if !ok {
		return false
	}
	rest := data(encoded)
	for at := first; at < first+width; at++ {
		if len(rest) < 2 || len(rest) < 2+int(rest[0])<<8+int(rest[1]) {
			return false
		}
		length := int(rest[0])<<8 + int(rest[1])
		if at == n && tlog.RecordHash(rest[2:2+length]) != leaf {
			return false
		}
		rest = rest[2+length:]
	}
	return len(rest) == 0
}

func main() {
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 1<<28)
	for lines.Scan() {
		var one testCase
		if err := json.Unmarshal(lines.Bytes(), &one); err != nil {
			panic(err)
		}
		fmt.Println(verdict(one))
	}
}
