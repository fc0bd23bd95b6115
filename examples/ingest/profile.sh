#!/bin/sh
# profile.sh MODE REQUESTS PORT FOLDER: runs the service under load and keeps its profiles.
set -eu
mode=$1 requests=$2 port=$3 out=$4
url=http://127.0.0.1:$port
mkdir -p "$out"
GODEBUG=gctrace=1 ./ingest -mode "$mode" -addr "127.0.0.1:$port" >"$out/service.log" 2>"$out/gctrace.log" &
service=$!
trap 'kill $service' EXIT
until curl -sf "$url/stats" >/dev/null; do sleep 0.1; done
curl -sf -o "$out/heap-0.pb.gz" "$url/debug/pprof/heap?gc=1"
curl -sf -o "$out/cpu.pb.gz" "$url/debug/pprof/profile?seconds=5" &
profile=$!
./ingest -load "$url" -requests "$requests" | tee "$out/load.txt"
curl -sf -o "$out/goroutine.pb.gz" "$url/debug/pprof/goroutine"
wait $profile
curl -sf "$url/stats" >"$out/stats.json"
for kind in allocs mutex block; do curl -sf -o "$out/$kind.pb.gz" "$url/debug/pprof/$kind"; done
curl -sf -o "$out/heap.pb.gz" "$url/debug/pprof/heap?gc=1"
curl -sf "$url/stats?gc=1" >"$out/stats-after-gc.json"
