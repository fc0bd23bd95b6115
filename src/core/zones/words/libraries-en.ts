/** The rules for libraries; en.ts has the rest. */
import type { RuleId } from '../index.ts'
import { remedy as d, type RuleWords, rule as r } from './words.ts'

export const librariesEn = {
  'protobuf-strings': r(
    'Protobuf strings and bytes copied',
    'The decoder copies each string and bytes field out of the message, one allocation per field, so that the input can be used again. The copies are the caller’s: it asked for every field of every message.',
    'consumeString… and consumeBytes… of protobuf-go, unmarshalString… and unmarshalBytes… of golang/protobuf and gogo. In CPU profiles checking UTF-8 is part of it.',
    d(
      'Take fields out of the message, or answer with a field mask.',
      'Many of the fields are never read; both sides are yours.',
    ),
    d('Send an index into a table, or an enum, instead of the text.', 'The same few texts come again and again.'),
    d(
      'Decode with vtprotobuf’s UnmarshalVTUnsafe, whose strings point into the input.',
      'The input lives as long as the message and nobody writes to it.',
    ),
    d(
      'Keep the part as bytes and decode it when somebody asks (lazy fields).',
      'Large nested messages are mostly passed on.',
    ),
  ),
  'protobuf-messages': r(
    'Protobuf messages allocated one by one',
    'Each nested message and each element of a repeated message field is an object of its own, and the slice that holds them grows as they come.',
    'reflect.New and AppendPointerSlice called by consumeMessage… (protobuf-go) or makeUnmarshalMessage… (golang/protobuf, gogo).',
    d(
      'Reset and reuse the outer message; with vtprotobuf, take messages from its pools.',
      'Nothing keeps the message or its parts after the call. proto.Reset alone frees the parts, the pools of vtprotobuf keep them.',
    ),
    d(
      'Use packed repeated scalars (columns) instead of repeated small messages.',
      'Elements are many and have few fields; the schema is yours.',
    ),
    d('With gogo, make the field non-nullable, so that elements lie in the slice.', 'You stay with gogo.'),
  ),
  'protobuf-maps': r(
    'Protobuf map fields decoded by reflection',
    'Every entry of a map field is boxed into reflect values and stored with SetMapIndex; the map grows as entries come, since the message does not say how many there are.',
    'consumeMap and consumeMapOfMessage, or makeUnmarshalMap in the older modules.',
    d(
      'Use a repeated message of key and value and look it up in a slice, or build the map yourself with its size.',
      'Entries are few, or only walked over; the wire format stays the same.',
    ),
    d('Use plain fields.', 'The keys are known.'),
  ),
  'protobuf-generated': r(
    'Protobuf decoded by generated code',
    'Generated Unmarshal methods (gogo, vtprotobuf) need no reflection; what is left is one allocation per string, bytes field, nested message and slice that grows. It is the caller’s: all fields of all messages are built.',
    'Unmarshal methods below proto.Unmarshal or in packages of generated types, and UnmarshalVT.',
    d(
      'Take messages from a pool and reset them.',
      'Nothing keeps the message or its parts after the call. vtprotobuf makes the pools, with gogo you write them.',
    ),
    d(
      'Let strings point into the input (UnmarshalVTUnsafe, or gogo custom types that do it).',
      'The input is not reused while the message lives.',
    ),
    d(
      'Make repeated fields non-nullable (gogo) and give slices their capacity from the last message.',
      'Slices of pointers weigh much.',
    ),
    d(
      'Skip what nobody reads: a smaller message type with the same field numbers.',
      'You use a few fields of large messages.',
    ),
  ),
  'protobuf-unknown': r(
    'Protobuf fields that the schema does not know',
    'Bytes of fields that the message type does not declare are kept and appended one after the other, so that they are not lost when it is encoded again. Extensions get a map here too.',
    'In memory profiles unmarshalPointer allocates itself only for these two.',
    d('Generate the code again from the newest schema.', 'The sender knows more fields than you.'),
    d('Decode with proto.UnmarshalOptions{DiscardUnknown: true}.', 'The message is not passed on.'),
  ),
  'protobuf-slow': r(
    'Protobuf through the reflective path',
    'Messages without fast methods (dynamicpb, wrapped types, deterministic marshalling that a type does not support) are read and written field by field through the reflection API, several times slower.',
    'unmarshalMessageSlow, marshalMessageSlow or methods of dynamicpb.',
    d('Use generated types.', 'The schema is known when you build.'),
    d('Keep descriptors and types, and decode only messages that are needed.', 'The schema is only known at run time.'),
  ),
  'protobuf-buffer': r(
    'Protobuf encoded into a new buffer each time',
    'Marshal allocates a buffer of the encoded size for every message. In grpc-go before 1.66 that is the transport’s own codec.',
    'In memory profiles the bytes stand on MarshalOptions.marshal, proto.Marshal, or the generated Marshal and MarshalVT.',
    d(
      'Append to a kept buffer: MarshalOptions.MarshalAppend(buf[:0], m), or MarshalToSizedBufferVT.',
      'The bytes are written out before the next message.',
    ),
    d('Update grpc-go to 1.66 or later, whose codec takes buffers from a pool.', 'grpc.encode is on the stack.'),
    d('Keep the encoded bytes.', 'The same message goes to many receivers.'),
  ),
  'protobuf-text': r(
    'Protobuf messages printed as text',
    'String, %v and text marshalling walk the whole message by reflection and build its text. The library only does what its caller asked for: nearly always a log line.',
    'MessageStringOf, prototext, or MarshalText and CompactText of the older modules.',
    d('Do not print the message: log an id and the fields that matter.', 'It stands in a log line.'),
    d(
      'Check the level first, or pass a value that is only printed when the line is written.',
      'Most of these lines are not written.',
    ),
  ),
  'protobuf-json': r(
    'JSON made from protobuf by reflection',
    'protojson and jsonpb find each field by reflection, format numbers and times by the JSON mapping, and are several times slower than the binary form. In grpc-gateway every request and answer passes here.',
    'protojson.Marshal and Unmarshal, jsonpb.',
    d('Speak binary protobuf.', 'Both sides are programs of yours.'),
    d('Keep the JSON text.', 'The same answer is given many times.'),
    d('Write plain structs for encoding/json, or generated JSON code.', 'One endpoint takes most of it.'),
  ),
  'protobuf-clone': r(
    'Protobuf messages cloned',
    'Clone and Merge copy every field, string headers, byte slices and nested messages included, by reflection over the message. It is the caller that asked for a copy.',
    'proto.Clone or proto.Merge.',
    d('Share the message and do not change it.', 'The copy is only read.'),
    d('Copy the few fields that change, into a new outer message.', 'One or two fields differ.'),
    d('Use CloneVT of vtprotobuf.', 'A full copy is needed in a hot path.'),
  ),
  'grpc-receive-buffer': r(
    'gRPC receive buffers',
    'Before grpc-go 1.66 each received message gets a new buffer of its size, which is garbage once it is decoded. The size is that of the messages that callers send.',
    'In memory profiles the bytes stand on recvMsg (to 1.56) or nopBufferPool.Get (1.57 to 1.65).',
    d(
      'Update grpc-go to 1.66 or later: buffers come from a pool.',
      'You can; your own codecs keep working, and CodecV2 lets them use the pool too.',
    ),
    d(
      'Set the experimental RecvBufferPool option.',
      '1.57 to 1.65, without compression, stats handlers and tracing, and no codec keeps the bytes.',
    ),
    d('Send less per message: pages, field masks.', 'Messages are large.'),
  ),
  'grpc-large-messages': r(
    'gRPC messages of more than a megabyte',
    'The buffer pool of grpc-go keeps buffers up to 1 MiB; larger messages share one pool of mixed sizes, and a buffer that is too small is thrown away for a new one.',
    'In memory profiles the bytes stand on Get of the simple buffer pool.',
    d('Send pages or a stream.', 'Messages are lists.'),
    d(
      'Give a pool with larger sizes: mem.NewTieredBufferPool with experimental.WithBufferPool and BufferPool.',
      'Large messages are needed and their sizes are known.',
    ),
  ),
  'grpc-metadata': r(
    'gRPC metadata copied',
    'FromIncomingContext copies the whole map of headers with all its values, each time anybody asks: every interceptor that looks for one header pays for all.',
    'metadata.FromIncomingContext, FromOutgoingContext, Copy and Join.',
    d('Ask for one key: metadata.ValueFromIncomingContext (since 1.50).', 'The caller looks for single headers.'),
    d(
      'Read the metadata once in the first interceptor and put what is found into the context.',
      'Several interceptors ask.',
    ),
    d('Update the middleware.', 'It is in a dependency, such as tracing or authentication.'),
  ),
  'grpc-headers': r(
    'gRPC headers of each call',
    'Every call decodes its headers and builds its metadata, contexts and stream before any message is read. The work grows with the number of calls and of headers.',
    'operateHeaders of the transport and readMetaFrame of HTTP/2.',
    d('Put several requests into one message, or keep a stream open.', 'Calls are small and many.'),
    d('Send fewer and shorter headers.', 'Tracing baggage, tokens or user data travel in metadata.'),
  ),
  'grpc-interceptors': r(
    'gRPC interceptor chains',
    'A chain of interceptors makes a closure per link for each call.',
    'In memory profiles the bytes stand on getChainUnaryHandler and its relatives.',
    d('Join interceptors that do little into one.', 'There are many.'),
  ),
  'grpc-dial': r(
    'gRPC connections made anew',
    'A connection means name resolution, TCP, TLS and HTTP/2 settings, with buffers and goroutines of its own; it is meant to be shared by all calls.',
    'Dial, DialContext or NewClient, or new HTTP/2 transports; more than a start of the program needs.',
    d('Make one ClientConn per target and keep it.', 'The caller dials for each request.'),
    d(
      'Look at keepalive and MAX_CONNECTION_AGE of both sides.',
      'Nobody dials, but transports are made again and again.',
    ),
  ),
  'grpc-compression': r(
    'gRPC messages compressed',
    'Each message is compressed and decompressed alone; before 1.66 the decompressed bytes grow in a new buffer.',
    'compress and decompress of grpc-go and its gzip package.',
    d(
      'Do not compress inside one data centre, or only calls with large answers (grpc.UseCompressor per call).',
      'The network is fast and messages are small.',
    ),
    d('Register a faster compressor, such as snappy or zstd.', 'The network is what is short.'),
  ),
  'compressor-per-call': r(
    'Compressors made for each call',
    'Readers and writers of zstd, S2, snappy, lz4 and gzip hold windows, tables and buffers from 64 KiB to many megabytes. Made per message, that is most of their cost. lz4 gives its blocks back only when a writer is closed or a reader read to its end.',
    'New functions of klauspost/compress, golang/snappy, pierrec/lz4 and brotli, or what they set up at first use.',
    d(
      'Keep one zstd Encoder and Decoder for EncodeAll and DecodeAll; many goroutines may call them.',
      'Messages are byte slices.',
    ),
    d('Keep readers and writers in a sync.Pool and call Reset.', 'Data comes as streams.'),
    d(
      'Make them smaller: WithEncoderConcurrency(1), WithWindowSize, WithLowerEncoderMem, smaller blocks.',
      'A new one is needed, or many are kept.',
    ),
    d('Close writers and read to the end.', 'Blocks of lz4 are not returned.'),
  ),
  'snappy-new-buffer': r(
    'Snappy blocks into new buffers',
    'Encode and Decode allocate the result when the buffer that they get is too small, which nil always is. It is the caller’s to pass one.',
    'In memory profiles the bytes stand on Decode or Encode, which allocate nothing else.',
    d(
      'Pass a buffer of DecodedLen or MaxEncodedLen bytes that you keep.',
      'The result is used before the next call. golang/snappy looks at len(dst), klauspost/compress at cap(dst).',
    ),
    d('Decode into the cache that keeps the result, once.', 'The same block is decoded again and again.'),
  ),
  'zstd-new-buffer': r(
    'Zstandard into new buffers',
    'EncodeAll and DecodeAll append to the slice that they get and allocate when it has no room. It is the caller’s to pass one.',
    'In memory profiles the bytes stand on DecodeAll, EncodeAll or what appends for them.',
    d('Pass buf[:0] of a buffer that you keep.', 'The result is used before the next call.'),
  ),
} satisfies Partial<Record<RuleId, RuleWords>>
