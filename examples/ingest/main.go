// Command ingest is a small service that takes JSON orders in one of four ways and keeps the latest ones, so that
// what each way costs can be seen in its profiles.
//
//	ingest -mode map|struct|raw|generic [-addr 127.0.0.1:7070] [-keep 2000]
//	ingest -inflate
//	ingest -load http://127.0.0.1:7070 [-requests 20000] [-clients 4]
//
// POST /orders takes an order, GET /stats tells what the runtime counted, /debug/pprof/ has the profiles.
package main

import (
	"bytes"
	"encoding/json"
	_ "expvar"
	"flag"
	"fmt"
	"io"
	"log"
	"net/http"
	_ "net/http/pprof"
	"os"
	"runtime"
	"sync"
	"time"
)

// shelf keeps the latest orders in a ring.
type shelf struct {
	mu    sync.Mutex
	kept  []interface{}
	next  int
	total float64
	count int
}

func (s *shelf) put(t taken) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.kept[s.next] = t.keep
	s.next = (s.next + 1) % len(s.kept)
	s.total += t.sum
	s.count++
}

func (s *shelf) sold() (int, float64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.count, s.total
}

// ServeHTTP takes one order.
type orders struct {
	shelf *shelf
	take  func([]byte) (taken, error)
}

func (o *orders) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := readBody(w, r)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	order, err := o.take(body)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	o.shelf.put(order)
	w.WriteHeader(http.StatusNoContent)
}

// readBody knows the length beforehand, so that reading does not hide what decoding costs.
func readBody(w http.ResponseWriter, r *http.Request) ([]byte, error) {
	const limit = 1 << 20
	if r.ContentLength < 0 || r.ContentLength > limit {
		return nil, errShape
	}
	body := make([]byte, r.ContentLength)
	_, err := io.ReadFull(http.MaxBytesReader(w, r.Body, limit), body)
	return body, err
}

// stats is what the runtime counted.
type stats struct {
	Orders     int
	Sold       float64
	GoVersion  string
	TotalAlloc uint64
	Mallocs    uint64
	HeapInuse  uint64
	// HeapLive is HeapAlloc right after a collection: what is really kept.
	HeapLive uint64
	NumGC    uint32
	GCCPU    float64
}

func (o *orders) stats(w http.ResponseWriter, r *http.Request) {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	count, sold := o.shelf.sold()
	s := stats{count, sold, runtime.Version(), m.TotalAlloc, m.Mallocs, m.HeapInuse, 0, m.NumGC, m.GCCPUFraction}
	if r.URL.Query().Get("gc") != "" {
		runtime.GC()
		runtime.ReadMemStats(&m)
		s.HeapLive = m.HeapAlloc
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(s)
}

func main() {
	mode := flag.String("mode", "map", "how orders are decoded: map, struct, raw or generic")
	addr := flag.String("addr", "127.0.0.1:7070", "address to listen on")
	keep := flag.Int("keep", 2000, "how many orders to keep")
	target := flag.String("load", "", "send orders to this address instead of serving")
	requests := flag.Int("requests", 20000, "how many orders to send")
	clients := flag.Int("clients", 4, "how many at once")
	measure := flag.Bool("inflate", false, "print what JSON of several sizes becomes in memory, and stop")
	flag.Parse()
	if *measure {
		if err := inflate(os.Stdout); err != nil {
			log.Fatal(err)
		}
		return
	}
	if *target != "" {
		if err := load(*target, *requests, *clients); err != nil {
			log.Fatal(err)
		}
		return
	}
	take := ways[*mode]
	if take == nil || *keep < 1 {
		flag.Usage()
		log.Fatalf("no such mode: %s", *mode)
	}
	runtime.SetMutexProfileFraction(10)
	runtime.SetBlockProfileRate(10000)
	o := &orders{shelf: &shelf{kept: make([]interface{}, *keep)}, take: take}
	http.Handle("/orders", o)
	http.HandleFunc("/stats", o.stats)
	log.Printf("ingest takes orders by %s at http://%s", *mode, *addr)
	log.Fatal(http.ListenAndServe(*addr, nil))
}

// load sends the same orders whatever the mode, over connections that stay open.
func load(target string, requests, clients int) error {
	docs := documents(64)
	transport := &http.Transport{MaxIdleConnsPerHost: clients}
	client := &http.Client{Transport: transport, Timeout: 10 * time.Second}
	start := time.Now()
	work := make(chan []byte)
	failed := make(chan error, clients)
	var wg sync.WaitGroup
	for c := 0; c < clients; c++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for doc := range work {
				if err := send(client, target+"/orders", doc); err != nil {
					select {
					case failed <- err:
					default:
					}
				}
			}
		}()
	}
	for i := 0; i < requests; i++ {
		work <- docs[i%len(docs)]
	}
	close(work)
	wg.Wait()
	select {
	case err := <-failed:
		return err
	default:
	}
	took := time.Since(start)
	fmt.Printf("%d orders of %d bytes in %.1f s, %.0f a second\n", requests, len(docs[0]), took.Seconds(), float64(requests)/took.Seconds())
	return nil
}

func send(client *http.Client, url string, doc []byte) error {
	response, err := client.Post(url, "application/json", bytes.NewReader(doc))
	if err != nil {
		return err
	}
	defer response.Body.Close()
	_, err = io.Copy(io.Discard, response.Body)
	if err == nil && response.StatusCode != http.StatusNoContent {
		err = fmt.Errorf("answer %s", response.Status)
	}
	return err
}

// documents makes orders of about five kilobytes.
func documents(n int) [][]byte {
	docs := make([][]byte, n)
	for i := range docs {
		order := Order{
			ID:       fmt.Sprintf("order-%06d", i),
			Customer: Customer{ID: int64(i) * 7919, Name: fmt.Sprintf("Customer %d", i), Country: "NL"},
			Labels:   map[string]string{},
		}
		for k := 0; k < 40; k++ {
			order.Items = append(order.Items, Item{fmt.Sprintf("SKU-%05d", k*31+i), k%5 + 1, float64(k) * 1.25, "deliver to the back door, please"})
		}
		for k := 0; k < 20; k++ {
			order.Labels[fmt.Sprintf("label-%d", k)] = fmt.Sprintf("value of label %d", k)
		}
		docs[i], _ = json.Marshal(order)
	}
	return docs
}
