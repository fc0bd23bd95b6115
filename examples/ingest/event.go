package main

import (
	"encoding/json"
	"errors"
)

// The documents: orders as a shop would send them. Every way of taking them answers the same question, how many
// items were sold for how much, so that all of them do the work that matters.

// Order is what the service reads of a document.
type Order struct {
	ID       string            `json:"id"`
	Customer Customer          `json:"customer"`
	Items    []Item            `json:"items"`
	Labels   map[string]string `json:"labels"`
}

// Customer is who ordered.
type Customer struct {
	ID      int64  `json:"id"`
	Name    string `json:"name"`
	Country string `json:"country"`
}

// Item is one line of an order.
type Item struct {
	SKU   string  `json:"sku"`
	Count int     `json:"count"`
	Price float64 `json:"price"`
	Note  string  `json:"note"`
}

// Envelope is a message of any kind; Body is a concrete type, so nothing is left to interface{}.
type Envelope[T any] struct {
	ID       string `json:"id"`
	Items    []T    `json:"items"`
	Customer struct {
		ID int64 `json:"id"`
	} `json:"customer"`
}

// Line is the part of an Item that is needed for the sum.
type Line struct {
	Count int     `json:"count"`
	Price float64 `json:"price"`
}

// Lazy keeps what is not needed as the bytes it came in.
type Lazy struct {
	ID       string          `json:"id"`
	Items    []Line          `json:"items"`
	Customer json.RawMessage `json:"customer"`
	Labels   json.RawMessage `json:"labels"`
}

// taken is what one way makes of a document: the sum, and what the service would keep.
type taken struct {
	sum  float64
	keep interface{}
}

var errShape = errors.New("not an order")

// ways are the four ways of taking a document, by the value of the -mode flag.
var ways = map[string]func([]byte) (taken, error){
	"map":     takeMap,
	"struct":  takeStruct,
	"raw":     takeRaw,
	"generic": takeGeneric,
}

func takeMap(body []byte) (taken, error) {
	var doc map[string]interface{}
	if err := json.Unmarshal(body, &doc); err != nil {
		return taken{}, err
	}
	items, ok := doc["items"].([]interface{})
	if !ok {
		return taken{}, errShape
	}
	sum := 0.0
	for _, i := range items {
		item, ok := i.(map[string]interface{})
		if !ok {
			return taken{}, errShape
		}
		count, _ := item["count"].(float64)
		price, _ := item["price"].(float64)
		sum += count * price
	}
	return taken{sum, doc}, nil
}

func takeStruct(body []byte) (taken, error) {
	var order Order
	if err := json.Unmarshal(body, &order); err != nil {
		return taken{}, err
	}
	sum := 0.0
	for _, item := range order.Items {
		sum += float64(item.Count) * item.Price
	}
	return taken{sum, &order}, nil
}

func takeRaw(body []byte) (taken, error) {
	var order Lazy
	if err := json.Unmarshal(body, &order); err != nil {
		return taken{}, err
	}
	return taken{total(order.Items), &order}, nil
}

func takeGeneric(body []byte) (taken, error) {
	var order Envelope[Line]
	if err := json.Unmarshal(body, &order); err != nil {
		return taken{}, err
	}
	return taken{total(order.Items), &order}, nil
}

func total(lines []Line) float64 {
	sum := 0.0
	for _, line := range lines {
		sum += float64(line.Count) * line.Price
	}
	return sum
}
