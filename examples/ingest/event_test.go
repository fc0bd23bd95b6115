package main

import "testing"

func TestWaysAgree(t *testing.T) {
	for _, doc := range documents(8) {
		want, err := takeStruct(doc)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := takeGenericMap(doc); err != nil || got.sum != want.sum {
			t.Errorf("generic map: %v, %v; want %v", got.sum, err, want.sum)
		}
		for mode, take := range ways {
			if got, err := take(doc); err != nil || got.sum != want.sum {
				t.Errorf("%s: %v, %v; want %v", mode, got.sum, err, want.sum)
			}
		}
	}
}

func BenchmarkTake(b *testing.B) {
	doc := documents(1)[0]
	for _, mode := range []string{"map", "struct", "raw", "generic"} {
		take := ways[mode]
		b.Run(mode, func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(doc)))
			for i := 0; i < b.N; i++ {
				if _, err := take(doc); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
