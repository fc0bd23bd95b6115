// Service is a small program that is always busy: it decodes orders, remembers more of them than it should, and makes its
// workers wait for one lock. Its debug server tells all of that; docs/live.md opens it.
package main

import (
	"encoding/json"
	"expvar"
	"flag"
	"fmt"
	"log"
	"net"
	"net/http"
	"net/http/pprof"
	"runtime"
	"sync"
	"time"
)

var (
	decoded = expvar.NewInt("orders_decoded")
	kept    = expvar.NewInt("orders_kept")
)

// store keeps every order: this is the leak.
type store struct {
	mu     sync.Mutex
	orders []map[string]interface{}
}

func (s *store) remember(order map[string]interface{}) {
	s.mu.Lock()
	defer s.mu.Unlock()
	// Under the lock, so that others wait.
	time.Sleep(time.Millisecond)
	if order != nil && len(s.orders) < 20000 {
		s.orders = append(s.orders, order)
		kept.Set(int64(len(s.orders)))
	}
}

func decode(document []byte) (map[string]interface{}, error) {
	var order map[string]interface{}
	err := json.Unmarshal(document, &order)
	return order, err
}

func work(s *store, document []byte) {
	for i := 0; ; i++ {
		order, err := decode(document)
		if err != nil {
			log.Fatal(err)
		}
		decoded.Add(1)
		if i%500 == 0 {
			s.remember(order)
		} else if i%50 == 0 {
			s.remember(nil)
		}
	}
}

// wait stands for goroutines that nobody ends.
func wait(never <-chan struct{}) { <-never }

func main() {
	listen := flag.String("listen", "127.0.0.1:6060", "address of the debug server; port 0 takes a free one")
	without := flag.Bool("without-pprof", false, "leave the profiles out, as a program without the import does")
	user := flag.String("user", "", "user:password that the debug server asks for")
	idle := flag.Bool("idle", false, "do no work")
	flag.Parse()

	runtime.SetMutexProfileFraction(1)
	runtime.SetBlockProfileRate(1)

	document := []byte(`{"id":"4711","customer":{"id":7,"name":"Ada"},"items":[`)
	for i := 0; i < 20; i++ {
		if i > 0 {
			document = append(document, ',')
		}
		document = append(document, fmt.Sprintf(`{"sku":"part-%d","count":%d,"price":9.5,"note":"as before"}`, i, i)...)
	}
	document = append(document, `]}`...)

	s := &store{}
	if !*idle {
		for i := 0; i < 2; i++ {
			go work(s, document)
		}
		for i := 0; i < 20; i++ {
			go wait(nil)
		}
	}

	mux := http.NewServeMux()
	if !*without {
		mux.HandleFunc("/debug/pprof/", pprof.Index)
		mux.HandleFunc("/debug/pprof/cmdline", pprof.Cmdline)
		mux.HandleFunc("/debug/pprof/profile", pprof.Profile)
		mux.HandleFunc("/debug/pprof/symbol", pprof.Symbol)
		mux.HandleFunc("/debug/pprof/trace", pprof.Trace)
		mux.Handle("/debug/vars", expvar.Handler())
	}
	guarded := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name, password, _ := r.BasicAuth()
		if *user != "" && name+":"+password != *user {
			w.Header().Set("WWW-Authenticate", `Basic realm="debug"`)
			http.Error(w, "who is there?", http.StatusUnauthorized)
			return
		}
		mux.ServeHTTP(w, r)
	})
	listener, err := net.Listen("tcp", *listen)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("profiles at http://%s/debug/pprof/\n", listener.Addr())
	log.Fatal(http.Serve(listener, guarded))
}
