// Command readlog reads an Avow log with Go's own transparency-log packages (golang.org/x/mod/sumdb/note and tlog), which share no code with Avow.
//
//	readlog LOG VKEY [FILE ...]
//
// LOG is a folder, or an http address on the loopback, that holds checkpoint, tile/… and tile/entries/…. It opens the checkpoint with note.Open, reads
// every tile through tlog.TileHashReader, and proves entries with tlog.CheckRecord and earlier sizes with tlog.CheckTree. Each FILE is a proof that
// Avow itself made: *.tlog-proof (a receipt) or *.add-checkpoint (a request to a witness).
package main

import (
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const tileHeight = 8
const tileWidth = 1 << tileHeight

func main() {
	if len(os.Args) < 3 {
		fmt.Fprintln(os.Stderr, "usage: readlog LOG VKEY [FILE ...]")
		os.Exit(2)
	}
	if err := run(os.Args[1], os.Args[2], os.Args[3:]); err != nil {
		fmt.Fprintln(os.Stderr, "readlog:", err)
		os.Exit(1)
	}
}

func run(place, vkey string, proofs []string) error {
	verifier, err := note.NewVerifier(vkey)
	if err != nil {
		return err
	}
	l := &logReader{place: place, keys: note.VerifierList(verifier), origin: verifier.Name()}
	signed, err := l.fetch("checkpoint")
	if err != nil {
		return err
	}
	tree, err := l.openCheckpoint(signed)
	if err != nil {
		return err
	}
	if err := l.checkAll(tree); err != nil {
		return err
	}
	for _, file := range proofs {
		if err := l.checkProofFile(tree, file); err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
	}
	fmt.Printf("ok: %s, %d entries, %d proof files\n", l.origin, tree.N, len(proofs))
	return nil
}

type logReader struct {
	place  string
	keys   note.Verifiers
	origin string
}

// openCheckpoint does what tlog.ParseTree does, which accepts the Go checksum database's origin only.
func (l *logReader) openCheckpoint(signed []byte) (tlog.Tree, error) {
	opened, err := note.Open(signed, l.keys)
	if err != nil {
		return tlog.Tree{}, err
	}
	lines := strings.SplitN(opened.Text, "\n", 4)
	if len(lines) < 4 || lines[0] != l.origin {
		return tlog.Tree{}, fmt.Errorf("checkpoint of %q where %q is due", lines[0], l.origin)
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return tlog.Tree{}, err
	}
	root, err := tlog.ParseHash(lines[2])
	return tlog.Tree{N: size, Hash: root}, err
}

func (l *logReader) checkAll(tree tlog.Tree) error {
	if tree.N == 0 {
		return nil
	}
	hashes := tlog.TileHashReader(tree, l)
	root, err := tlog.TreeHash(tree.N, hashes)
	if err != nil {
		return err
	}
	if root != tree.Hash {
		return fmt.Errorf("tiles give root %v where the checkpoint has %v", root, tree.Hash)
	}
	for start := int64(0); start < tree.N; start += tileWidth {
		entries, err := l.bundle(tree, start/tileWidth)
		if err != nil {
			return err
		}
		if err := checkEntries(tree, hashes, start, entries); err != nil {
			return err
		}
	}
	return checkEarlierSizes(tree, hashes)
}

// checkEntries holds every entry of a bundle to the authenticated tile, and proves about a thousand entries of a log one by one.
func checkEntries(tree tlog.Tree, hashes tlog.HashReader, start int64, entries [][]byte) error {
	var indexes []int64
	for i := range entries {
		indexes = append(indexes, tlog.StoredHashIndex(0, start+int64(i)))
	}
	leaves, err := hashes.ReadHashes(indexes)
	if err != nil {
		return err
	}
	step := tree.N/1000 + 1
	for i, entry := range entries {
		index := start + int64(i)
		if leaves[i] != tlog.RecordHash(entry) {
			return fmt.Errorf("entry %d is not the one in its tile", index)
		}
		if index%step != 0 && index != tree.N-1 {
			continue
		}
		proof, err := tlog.ProveRecord(tree.N, index, hashes)
		if err != nil {
			return err
		}
		if err := tlog.CheckRecord(proof, tree.N, tree.Hash, index, tlog.RecordHash(entry)); err != nil {
			return fmt.Errorf("entry %d: %w", index, err)
		}
	}
	return nil
}

func checkEarlierSizes(tree tlog.Tree, hashes tlog.HashReader) error {
	step := tree.N/100 + 1
	for size := int64(1); size <= tree.N; size += step {
		old, err := tlog.TreeHash(size, hashes)
		if err != nil {
			return err
		}
		proof, err := tlog.ProveTree(tree.N, size, hashes)
		if err != nil {
			return err
		}
		if err := tlog.CheckTree(proof, tree.N, tree.Hash, size, old); err != nil {
			return fmt.Errorf("size %d: %w", size, err)
		}
	}
	return nil
}

func (l *logReader) bundle(tree tlog.Tree, index int64) ([][]byte, error) {
	width := tree.N - index*tileWidth
	if width > tileWidth {
		width = tileWidth
	}
	path := tlog.Tile{H: tileHeight, L: 0, N: index, W: int(width)}.Path()
	data, err := l.fetch("tile/entries/" + strings.TrimPrefix(path, "tile/8/0/"))
	if err != nil {
		return nil, err
	}
	var entries [][]byte
	for len(data) > 0 {
		if len(data) < 2 || len(data) < 2+int(binary.BigEndian.Uint16(data)) {
			return nil, fmt.Errorf("bundle %d is cut short", index)
		}
		end := 2 + int(binary.BigEndian.Uint16(data))
		entries = append(entries, data[2:end])
		data = data[end:]
	}
	if int64(len(entries)) != width {
		return nil, fmt.Errorf("bundle %d holds %d entries where %d are due", index, len(entries), width)
	}
	return entries, nil
}

// checkProofFile checks a proof made by Avow against the entry, or the earlier root, that Go reads from the tiles.
func (l *logReader) checkProofFile(tree tlog.Tree, file string) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	head, checkpoint, found := strings.Cut(string(text), "\n\n")
	if !found {
		return fmt.Errorf("no checkpoint")
	}
	proven, err := l.openCheckpoint([]byte(checkpoint))
	if err != nil {
		return err
	}
	if filepath.Ext(file) == ".add-checkpoint" {
		return l.checkConsistency(proven, head)
	}
	return l.checkReceipt(tree, proven, head)
}

func (l *logReader) checkReceipt(tree, proven tlog.Tree, head string) error {
	_, rest, _ := strings.Cut(head, "index ")
	index, hashes, err := numberAndHashes(rest)
	if err != nil {
		return err
	}
	entries, err := l.bundle(tree, index/tileWidth)
	if err != nil {
		return err
	}
	leaf := tlog.RecordHash(entries[index%tileWidth])
	return tlog.CheckRecord(tlog.RecordProof(hashes), proven.N, proven.Hash, index, leaf)
}

func (l *logReader) checkConsistency(proven tlog.Tree, head string) error {
	size, hashes, err := numberAndHashes(strings.TrimPrefix(head, "old "))
	if err != nil {
		return err
	}
	old, err := tlog.TreeHash(size, tlog.TileHashReader(proven, l))
	if err != nil {
		return err
	}
	return tlog.CheckTree(tlog.TreeProof(hashes), proven.N, proven.Hash, size, old)
}

func numberAndHashes(text string) (number int64, hashes []tlog.Hash, err error) {
	lines := strings.Split(text, "\n")
	if number, err = strconv.ParseInt(lines[0], 10, 64); err != nil {
		return 0, nil, err
	}
	for _, line := range lines[1:] {
		raw, err := base64.StdEncoding.Strict().DecodeString(line)
		if err != nil || len(raw) != tlog.HashSize {
			return 0, nil, fmt.Errorf("%q is no hash", line)
		}
		hashes = append(hashes, tlog.Hash(*(*[tlog.HashSize]byte)(raw)))
	}
	return number, hashes, nil
}

// Height, ReadTiles and SaveTiles make the log a tlog.TileReader. Go's paths name the tile height, those of tlog-tiles leave it out.
func (l *logReader) Height() int { return tileHeight }

func (l *logReader) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	data := make([][]byte, len(tiles))
	for i, tile := range tiles {
		var err error
		if data[i], err = l.fetch("tile/" + strings.TrimPrefix(tile.Path(), "tile/8/")); err != nil {
			return nil, err
		}
	}
	return data, nil
}

func (l *logReader) SaveTiles([]tlog.Tile, [][]byte) {}

func (l *logReader) fetch(path string) ([]byte, error) {
	if !strings.HasPrefix(l.place, "http://") {
		return os.ReadFile(filepath.Join(l.place, filepath.FromSlash(path)))
	}
	address, err := url.JoinPath(l.place, path)
	if err != nil {
		return nil, err
	}
	answer, err := http.Get(address)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s: %s", path, answer.Status)
	}
	return io.ReadAll(answer.Body)
}
