/** Web frameworks, pictures and cryptography: what is done again for every request. */
import type { Names, Rule } from '../rule.ts'
import { initialising } from './shared-names.ts'

const binding: Names = [
  /^github\.com\/gin-gonic\/gin\/binding\.(mapping\w*|mapForm\w*|mapFormByTag|tryToSetValue|setByForm|validate|\(\*defaultValidator\)\.\w+)$/,
  /^github\.com\/labstack\/echo(\/v\d)?\.\(\*DefaultBinder\)\.(bindData|Bind\w*Params)$/,
  'github.com/gofiber/schema.*',
  'github.com/gofiber/fiber/v2/internal/schema.*',
  /^github\.com\/go-playground\/validator(\/v\d+)?\.\(\*(validate|Validate)\)\.\w+$/,
]
const rendering: Names = [
  /^github\.com\/gin-gonic\/gin\/render\.(WriteJSON|JSON\.(Render|WriteJSON)|IndentedJSON\.Render|PureJSON\.Render)$/,
  /^github\.com\/gin-gonic\/gin\/binding\.decodeJSON$/,
  /^github\.com\/labstack\/echo(\/v\d)?\.DefaultJSONSerializer\.(Serialize|Deserialize)$/,
  /^github\.com\/gofiber\/fiber(\/v\d)?\.\(\*(Ctx|DefaultCtx|DefaultRes)\)\.JSON$/,
]
const pixels: Names = [
  /^image\.\(\*(RGBA|NRGBA|Gray|Gray16|RGBA64|NRGBA64|CMYK|Alpha|YCbCr|NYCbCrA|Paletted)\)\.(At|Set)$/,
  /^image\/color\.(\(\*modelFunc\)\.Convert|\w+Model|Palette\.(Convert|Index))$/,
]
const pictures: Names = [
  /^image\/(png|jpeg|gif)\.(Decode|DecodeAll|Encode|EncodeAll|\(\*Encoder\)\.Encode)$/,
  'image.Decode',
  /^golang\.org\/x\/image\/(webp|tiff|bmp)\.(Decode|Encode)$/,
  /^golang\.org\/x\/image\/draw\.\(\*(Kernel|kernelScaler)\)\.\w+$/,
  /^github\.com\/(nfnt\/resize|disintegration\/imaging)\.\w+$/,
]
const signing: Names = [
  /^crypto\/rsa\.(SignPKCS1v15|SignPSS|DecryptPKCS1v15|DecryptOAEP|\(\*PrivateKey\)\.(Sign|Decrypt)|decrypt|decryptAndCheck)$/,
  /^crypto\/internal\/fips140\/rsa\.(SignPKCS1v15|SignPSS|DecryptOAEP|decrypt)$/,
]
const passwords: Names = [
  /^golang\.org\/x\/crypto\/(bcrypt\.(CompareHashAndPassword|GenerateFromPassword|bcrypt)|scrypt\.Key|argon2\.(Key|IDKey|deriveKey)|pbkdf2\.Key)$/,
  'crypto/pbkdf2.Key*',
]
const ciphers: Names = [
  /^crypto\/(aes\.NewCipher|cipher\.(NewGCM\w*|NewCTR|NewCBC\w+)|hmac\.New)$/,
  /^golang\.org\/x\/crypto\/chacha20poly1305\.New(X)?$/,
]
const keys: Names = [
  /^crypto\/tls\.(LoadX509KeyPair|X509KeyPair)$/,
  /^crypto\/x509\.(\(\*CertPool\)\.AppendCertsFromPEM|SystemCertPool|loadSystemRoots|ParsePKCS1PrivateKey|ParsePKCS8PrivateKey)$/,
  'encoding/pem.Decode',
]
const random: Names = [
  /^crypto\/rand\.(Read|\(\*(reader|devReader)\)\.Read|\(\*reader\)\.\w+|Int|Prime)$/,
  /^github\.com\/google\/uuid\.(New|NewRandom|NewString|ReadRandom)$/,
]
/** Handshakes have a rule of their own. */
const handshakes: Names = ['crypto/tls.*']

const both = (frames: Names, floor?: number, notUnder?: Names) => {
  const matcher = {
    clauses: [notUnder ? { frames, notUnder } : { frames }],
    ...(floor === undefined ? {} : { floor }),
  }
  return { cpu: matcher, memory: matcher }
}

export const web = [
  {
    id: 'web-binding',
    family: 'reflect',
    role: 'cause',
    go: '1.19–1.27',
    checked: 'gin 1.8.1 and 1.12, echo 4.2.1, fiber 3.5',
    confidence: 'certain',
    match: both(binding),
    hidden: 'no-allocation-work',
    references: [
      'github.com/gin-gonic/gin, binding/form_mapping.go, binding/default_validator.go',
      'github.com/labstack/echo, bind.go',
    ],
    hits: [
      [
        'cpu',
        'main.main;github.com/gin-gonic/gin.(*Context).ShouldBindQuery;github.com/gin-gonic/gin/binding.mappingByPtr;github.com/gin-gonic/gin/binding.mapping 30',
      ],
    ],
    misses: [['cpu', 'main.main;github.com/gin-gonic/gin.(*Context).Next;main.handle 30']],
  },
  {
    id: 'web-json',
    family: 'json',
    role: 'cause',
    go: '1.19–1.27',
    checked: 'gin 1.8.1 and 1.12, echo 4.4 (by its documentation), fiber 2.52 and 3.5',
    confidence: 'likely',
    match: both(rendering, 0.1),
    hidden: 'no-allocation-work',
    references: [
      'github.com/gin-gonic/gin, render/json.go, codec/json',
      'github.com/gofiber/fiber, app.go: Config.JSONEncoder',
    ],
    hits: [
      [
        'cpu',
        'main.main;github.com/gin-gonic/gin.(*Context).JSON;github.com/gin-gonic/gin/render.JSON.Render;encoding/json.Marshal 30',
      ],
    ],
    misses: [['cpu', 'main.main;encoding/json.Marshal 30']],
  },
  {
    id: 'image-pixels',
    family: 'alloc',
    role: 'cause',
    go: '1.19–1.27',
    checked: 'image of Go 1.27',
    confidence: 'certain',
    match: both(pixels),
    hidden: 'no-allocation-work',
    references: ['image/image.go: RGBA.At, RGBAAt', 'image/color/color.go: modelFunc.Convert'],
    hits: [
      [
        'cpu',
        'main.main;main.grey;image.(*RGBA).At;runtime.convT32 20',
        'main.main;main.grey;image.(*RGBA).Set;image/color.(*modelFunc).Convert 10',
      ],
    ],
    misses: [['cpu', 'main.main;main.grey;image.(*RGBA).RGBAAt 30']],
  },
  {
    id: 'image-work',
    family: 'alloc',
    role: 'cause',
    go: '1.19–1.27',
    checked: 'image of Go 1.27',
    confidence: 'hint',
    match: both(pictures, 0.1),
    hidden: 'no-allocation-work',
    references: ['image/png/reader.go: Decode', 'golang.org/x/image/draw: Kernel, ApproxBiLinear'],
    hits: [['cpu', 'main.main;main.thumbnail;image.Decode;image/jpeg.Decode 30']],
    misses: [['cpu', 'main.main;image.DecodeConfig;image/jpeg.DecodeConfig 30']],
  },
  {
    id: 'crypto-rsa',
    family: 'wait',
    role: 'cause',
    go: '1.19–1.27',
    checked: 'crypto/rsa of Go 1.19 and 1.27',
    confidence: 'certain',
    match: { cpu: { clauses: [{ frames: signing, notUnder: handshakes }] } },
    hidden: 'no-cpu-work',
    references: ['crypto/rsa/pkcs1v15.go: SignPKCS1v15', 'crypto/ed25519'],
    hits: [['cpu', 'main.main;main.issue;crypto/rsa.SignPKCS1v15;crypto/internal/fips140/rsa.SignPKCS1v15 30']],
    misses: [
      ['cpu', 'crypto/tls.(*Conn).serverHandshake;crypto/rsa.SignPSS 30'],
      ['cpu', 'main.main;crypto/rsa.VerifyPKCS1v15 30'],
    ],
  },
  {
    id: 'crypto-passwords',
    family: 'wait',
    role: 'cause',
    go: '1.19–1.27',
    checked: 'golang.org/x/crypto 0.4',
    confidence: 'certain',
    match: both(passwords),
    hidden: 'no-allocation-work',
    references: ['golang.org/x/crypto, bcrypt/bcrypt.go: CompareHashAndPassword'],
    hits: [
      [
        'cpu',
        'net/http.(*conn).serve;main.basicAuth;golang.org/x/crypto/bcrypt.CompareHashAndPassword;golang.org/x/crypto/bcrypt.bcrypt 30',
      ],
    ],
    misses: [['cpu', 'main.main;crypto/sha256.Sum256 30']],
  },
  {
    id: 'crypto-ciphers',
    family: 'alloc',
    role: 'cause',
    go: '1.19–1.27',
    checked: 'crypto of Go 1.27, golang.org/x/crypto 0.4',
    confidence: 'likely',
    match: {
      ...both(ciphers, undefined, [...handshakes, ...initialising]),
      memory: { clauses: [{ frames: ciphers, notUnder: [...handshakes, ...initialising] }], dropped: { objects: 10 } },
    },
    hidden: 'no-allocation-work',
    references: ['crypto/cipher/gcm.go: NewGCM', 'crypto/hmac/hmac.go: New, Reset'],
    hits: [['allocs', 'main.main;main.seal;crypto/aes.NewCipher 20', 'main.main;main.sign;crypto/hmac.New 20']],
    misses: [['allocs', 'crypto/tls.(*Conn).clientHandshake;crypto/aes.NewCipher 30']],
  },
  {
    id: 'crypto-keys',
    family: 'alloc',
    role: 'cause',
    go: '1.19–1.27',
    checked: 'crypto of Go 1.27',
    confidence: 'likely',
    match: {
      ...both(keys, undefined, initialising),
      memory: { clauses: [{ frames: keys, notUnder: initialising }], dropped: { objects: 10 } },
    },
    hidden: 'no-allocation-work',
    references: ['crypto/tls/tls.go: X509KeyPair', 'crypto/x509/cert_pool.go: AppendCertsFromPEM'],
    hits: [['cpu', 'main.main;main.client;crypto/x509.(*CertPool).AppendCertsFromPEM;crypto/x509.ParseCertificate 30']],
    misses: [['cpu', 'crypto/tls.(*Conn).clientHandshake;crypto/x509.(*Certificate).Verify 30']],
  },
  {
    id: 'crypto-random',
    family: 'wait',
    role: 'cause',
    go: '1.19–1.27',
    checked: 'crypto/rand of Go 1.19 and 1.27, google/uuid at 0d9349e',
    confidence: 'certain',
    match: { cpu: { clauses: [{ frames: random, notUnder: handshakes }] } },
    hidden: 'no-cpu-work',
    references: ['crypto/rand/rand.go: Read', 'github.com/google/uuid, version4.go: EnableRandPool'],
    hits: [['cpu', 'main.main;main.id;github.com/google/uuid.NewRandom;crypto/rand.Read;internal/sysrand.Read 30']],
    misses: [['cpu', 'main.main;math/rand/v2.Int64 30']],
  },
] as const satisfies readonly Rule[]
