#!/bin/sh
# capture.sh FOLDER [PORT]: everything about a service that grows, and about the same service mended, as an investigation takes it:
# heap snapshots, CPU, goroutines, GC log, statistics of memory, what the compiler says.
set -eu
out=$1 port=${2:-7070}
url=http://127.0.0.1:$port
mkdir -p "$out"
go build -trimpath -gcflags='-m -m' -o /dev/null . 2>"$out/escapes.txt"
for mode in map struct; do
  GODEBUG=gctrace=1 ./ingest -mode $mode -keep 1000000 -addr "127.0.0.1:$port" >/dev/null 2>"$out/$mode-gc.log" &
  service=$!
  trap 'kill $service 2>/dev/null || true' EXIT
  until curl -sf "$url/stats" >/dev/null; do sleep 0.1; done
  ./ingest -load "$url" -requests 20000 -clients 2 >/dev/null &
  load=$!
  curl -sf -o "$out/$mode-cpu.pb.gz" "$url/debug/pprof/profile?seconds=5" &
  for n in 0 1 2 3 4 5; do
    sleep 1
    curl -sf -o "$out/$mode-heap-$n.pb.gz" "$url/debug/pprof/heap?gc=1"
    curl -sf "$url/debug/vars" >>"$out/$mode-vars.json"
  done
  curl -sf -o "$out/$mode-goroutine.txt" "$url/debug/pprof/goroutine?debug=2"
  wait $load || true
  kill $service
  wait $service 2>/dev/null || true
  trap - EXIT
done
