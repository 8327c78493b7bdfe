/*
 * The narrow waist between Swift and OpenSSL's libcrypto.
 *
 * It shows nothing of OpenSSL's own headers, so code that imports the Swift library does not need them.
 *
 * Every function that can fail returns an ss_status and, where it takes an `ss_reason`, fills in a short
 * text: what was wrong in our words, then OpenSSL's own reason if it gave one. The thread's OpenSSL
 * error queue is empty when a function returns, whatever the outcome.
 *
 * A key is immutable once made, and every function that takes a `const ss_rsa_key *` may be called from any
 * number of threads at once on the same key.
 */
#ifndef COPENSSLSHIM_H
#define COPENSSLSHIM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* An RSA key: a public half, and a private half if ss_rsa_key_is_private says so. */
typedef struct ss_rsa_key ss_rsa_key;

typedef enum ss_status {
    SS_OK = 0,
    SS_INVALID = 1,      /* the input is wrong: no such key, damaged, a signature that does not match */
    SS_UNSUPPORTED = 2,  /* the input is well-formed, but not for us: another algorithm, size or form */
    SS_FAILED = 3,       /* OpenSSL or the machine failed: out of memory, no randomness */
    SS_INCONSISTENT = 4, /* the numbers of a private key do not fit together */
} ss_status;

#define SS_REASON_CAPACITY 160

/* A NUL-terminated text of ASCII; it never holds key material. */
typedef struct ss_reason {
    char text[SS_REASON_CAPACITY];
} ss_reason;

/* Bytes of unsigned big-endian numbers, or of texts; never owned by this type. */
typedef struct ss_bytes {
    const uint8_t *start;
    size_t count;
} ss_bytes;

/* A buffer that the shim allocates and ss_buffer_free wipes and frees. */
typedef struct ss_buffer {
    uint8_t *start;
    size_t count;
} ss_buffer;

/* The encodings of a key, each either as DER or as the PEM text around it. */
typedef enum ss_encoding {
    SS_PKCS1_PRIVATE = 0, /* RSAPrivateKey, "RSA PRIVATE KEY" (RFC 8017 A.1.2) */
    SS_PKCS8_PRIVATE = 1, /* PrivateKeyInfo, "PRIVATE KEY" (RFC 5208) */
    SS_PKCS1_PUBLIC = 2,  /* RSAPublicKey, "RSA PUBLIC KEY" (RFC 8017 A.1.1) */
    SS_SPKI_PUBLIC = 3,   /* SubjectPublicKeyInfo, "PUBLIC KEY" (RFC 5280 4.1) */
} ss_encoding;

/* The numbers of an RSA key, in the order of a JWK (RFC 7518 6.3). */
typedef enum ss_component {
    SS_N = 0, SS_E, SS_D, SS_P, SS_Q, SS_DP, SS_DQ, SS_QI, SS_COMPONENT_COUNT
} ss_component;

/* The sizes of a key, in bits (RFC 7518 3.3 has the smaller one). */
enum { SS_BITS_MIN = 2048, SS_BITS_MAX = 8192 };

/* What an imported key may have. Wider limits than 8192 and 64 bits count as these; NULL means these. */
typedef struct ss_key_limits {
    unsigned bits;          /* of the modulus */
    unsigned exponent_bits; /* of the public exponent */
    bool defers_proof;      /* leave it to the first signature to show that a private key makes valid ones */
} ss_key_limits;

/* Generates a key with e = 65537. Takes about 120 ms of a core at 2048 bits. */
ss_status ss_rsa_key_generate(unsigned bits, ss_rsa_key **key, ss_reason *reason);

/*
 * Imports DER in exactly the encoding given: nothing before, nothing after, and re-encoding it gives the same
 * bytes. Refuses other algorithms than rsaEncryption, keys of fewer than 2048 bits or beyond the limits, an exponent
 * that is even or below 3, more than two primes, and private numbers that do not fit together. The limits come
 * before any arithmetic.
 */
ss_status ss_rsa_key_import_der(ss_encoding encoding, ss_bytes der, const ss_key_limits *limits, ss_rsa_key **key,
                                ss_reason *reason);

/*
 * Imports the numbers of a JWK, with the same refusals. Absent numbers have a NULL start. n and e make a public
 * key; with d it is a private one, and then p, q, dp, dq and qi are all present or all absent (they are computed).
 */
ss_status ss_rsa_key_import_components(const ss_bytes components[SS_COMPONENT_COUNT], const ss_key_limits *limits,
                                       ss_rsa_key **key, ss_reason *reason);

/* Writes the key as DER. A private encoding of a public key is SS_INVALID. */
ss_status ss_rsa_key_export_der(const ss_rsa_key *key, ss_encoding encoding, ss_buffer *der, ss_reason *reason);

/* Writes one number as the fewest big-endian bytes. A private number of a public key is SS_INVALID. */
ss_status ss_rsa_key_export_component(const ss_rsa_key *key, ss_component component, ss_buffer *bytes,
                                      ss_reason *reason);

/* A key with the public half alone. */
ss_status ss_rsa_key_public_half(const ss_rsa_key *key, ss_rsa_key **half, ss_reason *reason);

bool ss_rsa_key_is_private(const ss_rsa_key *key);
unsigned ss_rsa_key_bits(const ss_rsa_key *key);

/* Frees the key and wipes its private numbers. NULL is allowed. */
void ss_rsa_key_free(ss_rsa_key *key);

/*
 * RSASSA-PKCS1-v1_5 with SHA-256 over `message` (RS256, RFC 7518 3.3). `signature` must have room for
 * (bits + 7) / 8 bytes, which is what is written.
 */
ss_status ss_rs256_sign(const ss_rsa_key *key, ss_bytes message, uint8_t *signature, size_t capacity,
                        ss_reason *reason);

/* SS_OK if and only if `signature` is the RS256 signature of `message`; SS_INVALID if it is not. */
ss_status ss_rs256_verify(const ss_rsa_key *key, ss_bytes message, ss_bytes signature);

/*
 * Intel's crypto_mb, which does eight RSA operations at a time where the processor has AVX-512 IFMA. It is opened when
 * it is first needed, and not used before a self-test has passed. Nothing needs it: every function that takes a library
 * also takes NULL, and does the same with OpenSSL alone. Any number of threads may use one library at once.
 */
typedef struct ss_multi_buffer ss_multi_buffer;

/* What ss_multi_buffer_choose takes, in the environment; it counts if nothing was chosen. */
#define SS_MULTI_BUFFER_VARIABLE "STREAMSIGN_CRYPTO_MB"

/* The library of this process; NULL if there is none. */
ss_multi_buffer *ss_multi_buffer_shared(void);

/*
 * "off", "auto" (beside the program, then where the system keeps libraries) or a file's path. false, and without effect,
 * once ss_multi_buffer_shared was called, or if the path is too long.
 */
bool ss_multi_buffer_choose(const char *choice);

/* Why the library of this process is not used; NULL if it is. The text stays. */
const char *ss_multi_buffer_shared_reason(void);

/* Opens the library of that path (or soname), and tests it. */
ss_status ss_multi_buffer_open(const char *path, ss_multi_buffer **library, ss_reason *reason);

/* The functions of crypto_mb that are used, with its types (crypto_mb/rsa.h). */
typedef struct ss_crypto_mb_method ss_crypto_mb_method;
typedef unsigned long long ss_crypto_mb_word;
typedef struct ss_crypto_mb {
    const ss_crypto_mb_method *(*public_method)(int bits);
    const ss_crypto_mb_method *(*private_method)(int bits);
    int (*buffer_size)(const ss_crypto_mb_method *method);
    uint32_t (*public_operation)(const uint8_t *const from[8], uint8_t *const to[8], const ss_crypto_mb_word *const n[8],
                                 int bits, const ss_crypto_mb_method *method, uint8_t *scratch);
    uint32_t (*private_operation)(const uint8_t *const from[8], uint8_t *const to[8], const ss_crypto_mb_word *const p[8],
                                  const ss_crypto_mb_word *const q[8], const ss_crypto_mb_word *const dp[8],
                                  const ss_crypto_mb_word *const dq[8], const ss_crypto_mb_word *const qi[8], int bits,
                                  const ss_crypto_mb_method *method, uint8_t *scratch);
} ss_crypto_mb;

/* A library from its functions, once they pass the self-test. */
ss_status ss_multi_buffer_make(const ss_crypto_mb *functions, ss_multi_buffer **library, ss_reason *reason);

/* Name and version. */
const char *ss_multi_buffer_name(const ss_multi_buffer *library);

/* Whether it made a mistake: then OpenSSL does everything. */
bool ss_multi_buffer_is_retired(const ss_multi_buffer *library);

/* Closes a library that no thread uses. NULL is allowed; the library of this process stays. */
void ss_multi_buffer_free(ss_multi_buffer *library);

/* Eight lanes take as long when some are empty. With fewer messages than these, OpenSSL is at least as fast one by one. */
enum { SS_SIGNING_LANES_MIN = 4, SS_VERIFYING_LANES_MIN = 3 };

/* One signature to make, as in ss_rs256_sign. */
typedef struct ss_rs256_signing {
    const ss_rsa_key *key;
    ss_bytes message;
    uint8_t *signature;
    size_t capacity;
} ss_rs256_signing;

/*
 * Signs as ss_rs256_sign does, several at a time where library, key and number allow it. Each signature has been verified
 * before it is written. Unless all are made, none may be used.
 */
ss_status ss_rs256_sign_batch(ss_multi_buffer *library, const ss_rs256_signing *items, size_t count, ss_reason *reason);

/* One signature to verify, and what ss_rs256_verify says of it. */
typedef struct ss_rs256_verification {
    const ss_rsa_key *key;
    ss_bytes message;
    ss_bytes signature;
    ss_status status;
} ss_rs256_verification;

/* Sets the status of each, several at a time where library, key and number allow it. */
void ss_rs256_verify_batch(ss_multi_buffer *library, ss_rs256_verification *items, size_t count);

/* Writes the PEM text around DER: 64 columns, LF, a trailing LF. */
ss_status ss_pem_write(ss_encoding encoding, ss_bytes der, ss_buffer *pem, ss_reason *reason);

/* In bits of security, as NIST SP 800-57 part 1 counts them: RSA with 2,048 bits has 112, SHA-1 has fewer than 80. */
typedef struct ss_strength {
    int key_bits; /* the size of the key */
    int key_security;
    int signature_security;
} ss_strength;

/* How strong the key of an X.509 certificate in DER is, and the signature on it. SS_INVALID for anything else. */
ss_status ss_certificate_strength(ss_bytes der, ss_strength *strength);

ss_status ss_sha256(ss_bytes message, uint8_t digest[32]);
ss_status ss_random(uint8_t *bytes, size_t count);

enum { SS_SEAL_NONCE = 12, SS_SEAL_TAG = 16, SS_SEAL_OVERHEAD = 28 };

/*
 * AES-256-GCM (NIST SP 800-38D) under a random nonce: `sealed` is nonce, ciphertext and tag, and `capacity` is
 * plain.count + SS_SEAL_OVERHEAD. Nonces are random, so one key may seal some billions of texts.
 */
ss_status ss_seal(const uint8_t key[32], ss_bytes plain, ss_bytes associated, uint8_t *sealed, size_t capacity);

/* The way back; SS_INCONSISTENT if key, text or associated data are not those that were sealed. */
ss_status ss_open(const uint8_t key[32], ss_bytes sealed, ss_bytes associated, uint8_t *plain, size_t capacity);

/* Overwrites with zeros in a way that the compiler may not remove. */
void ss_wipe(void *bytes, size_t count);

/* Compares in a time that depends on `count` alone. */
bool ss_equal(const void *left, const void *right, size_t count);

void ss_buffer_free(ss_buffer *buffer);

#endif
