package main

import (
	"encoding/json"
	"fmt"
	"io"
	"runtime"
)

// sizes of one document in bytes: what an API answers, and what a batch brings.
var sizes = []int{50_000, 1_200_000, 5_000_000, 20_000_000}

// inflate prints, for each size and each way of taking a document, how much memory is kept for each byte of JSON, how much is
// allocated on the way, and how many objects. One line of JSON each.
func inflate(out io.Writer) error {
	for _, size := range sizes {
		body, err := document(size)
		if err != nil {
			return err
		}
		for _, mode := range []string{"map", "generic-map", "struct", "raw", "generic"} {
			take := ways[mode]
			if mode == "generic-map" {
				take = takeGenericMap
			}
			var before, after runtime.MemStats
			runtime.GC()
			runtime.GC()
			runtime.ReadMemStats(&before)
			kept, err := take(body)
			if err != nil {
				return err
			}
			allocated := runtime.MemStats{}
			runtime.ReadMemStats(&allocated)
			runtime.GC()
			runtime.GC()
			runtime.ReadMemStats(&after)
			line, err := json.Marshal(map[string]interface{}{
				"go":        runtime.Version(),
				"mode":      mode,
				"json":      len(body),
				"kept":      int64(after.HeapAlloc) - int64(before.HeapAlloc),
				"allocated": allocated.TotalAlloc - before.TotalAlloc,
				"objects":   allocated.Mallocs - before.Mallocs,
			})
			if err != nil {
				return err
			}
			fmt.Fprintln(out, string(line))
			runtime.KeepAlive(kept)
			runtime.KeepAlive(body)
		}
	}
	return nil
}

// Record is an object as a map of one concrete type of value.
type Record[V any] map[string]V

// Scalar is a text or a number.
type Scalar struct {
	Text   string
	Number float64
}

// UnmarshalJSON takes either.
func (s *Scalar) UnmarshalJSON(data []byte) error {
	if len(data) > 0 && data[0] == '"' {
		return json.Unmarshal(data, &s.Text)
	}
	return json.Unmarshal(data, &s.Number)
}

// takeGenericMap keeps every field, in maps without interface{}.
func takeGenericMap(body []byte) (taken, error) {
	var order Envelope[Record[Scalar]]
	if err := json.Unmarshal(body, &order); err != nil {
		return taken{}, err
	}
	sum := 0.0
	for _, item := range order.Items {
		sum += item["count"].Number * item["price"].Number
	}
	return taken{sum, &order}, nil
}

// document is one order of about `size` bytes of JSON: as many items as it takes.
func document(size int) ([]byte, error) {
	order := Order{ID: "order-1", Customer: Customer{7919, "Customer 1", "NL"}, Labels: map[string]string{"a": "b"}}
	one, err := json.Marshal(Item{"SKU-00000001", 1, 1.25, "deliver to the back door, please"})
	if err != nil {
		return nil, err
	}
	for i := 0; i*(len(one)+1) < size; i++ {
		order.Items = append(order.Items, Item{fmt.Sprintf("SKU-%08d", i), i%5 + 1, 1.25, "deliver to the back door, please"})
	}
	return json.Marshal(order)
}
