/* What the shim's C files share; nothing here is visible to Swift. */
#ifndef COPENSSLSHIM_INTERNAL_H
#define COPENSSLSHIM_INTERNAL_H

#include <openssl/bn.h>
#include <openssl/evp.h>
#include <stdatomic.h>

#include "COpenSSLShim.h"

enum {
    SS_EXPONENT_BITS_MAX = 64, /* a wider e only makes every verification slow */
    SS_DER_MAX = 16 * 1024,    /* an 8192-bit PKCS#8 key has under 5 KiB */
    SS_CERTIFICATE_MAX = 1024 * 1024,
    SS_IDLE_CONTEXTS = 16,
};

/*
 * The OpenSSL state that one signature or verification needs. Setting it up takes time and memory, so a key keeps the idle
 * ones; a thread takes one out for the time of a call, and no other thread sees it.
 */
typedef struct ss_operation {
    EVP_MD_CTX *digest;
    EVP_PKEY_CTX *pkey; /* to sign; NULL to verify */
    BN_CTX *arithmetic; /* to verify; NULL to sign */
} ss_operation;

typedef struct ss_idle_operations {
    _Atomic(ss_operation *) slots[SS_IDLE_CONTEXTS];
} ss_idle_operations;

/* A key's numbers as one verification takes them (rsa_public.c). */
typedef struct ss_public_numbers ss_public_numbers;

/* A key's numbers as eight operations at a time take them (multi_buffer.h). */
typedef struct ss_lane_numbers ss_lane_numbers;

/* What is atomic in it, or is a pool, changes in keys that are const too, by atomic operations alone. */
struct ss_rsa_key {
    EVP_PKEY *pkey;
    bool is_private;
    unsigned bits;
    /* Whether a signature of the private key has been verified. */
    atomic_bool is_proven;
    _Atomic(ss_public_numbers *) public_numbers;
    _Atomic(ss_lane_numbers *) lane_numbers;
    ss_idle_operations idle_signing;
    ss_idle_operations idle_verifying;
};

/* Why a private key is refused whose numbers fit together. */
#define SS_UNSOUND "the RSA private key is inconsistent: its signatures do not verify"

/* SHA-256, fetched once for the process; NULL if OpenSSL has none. */
const EVP_MD *ss_sha256_method(void);

/* SHA-256 in a context that is used again and again. */
bool ss_sha256_with(EVP_MD_CTX *context, ss_bytes message, uint8_t digest[32]);

/* Sets the reason and empties OpenSSL's error queue; returns `status` so that a caller can `return ss_fail(…)`. */
ss_status ss_fail(ss_status status, ss_reason *reason, const char *text);

/* As ss_fail, with OpenSSL's own reasons after the text. */
ss_status ss_fail_openssl(ss_status status, ss_reason *reason, const char *text);

/* The numbers as OpenSSL's key, unchecked; of a public one n and e alone. */
ss_status ss_make_pkey(BIGNUM *const numbers[SS_COMPONENT_COUNT], bool is_private, EVP_PKEY **pkey, ss_reason *reason);

/* The numbers of OpenSSL's key, to be freed with ss_free_numbers also if this fails. */
ss_status ss_copy_numbers(const EVP_PKEY *pkey, bool is_private, BIGNUM *numbers[SS_COMPONENT_COUNT], ss_reason *reason);

/* Wipes them. Absent ones are NULL. */
void ss_free_numbers(BIGNUM *numbers[SS_COMPONENT_COUNT]);

/* Takes ownership of `pkey` in every case; refuses what our key policy refuses (rsa_policy.c). */
ss_status ss_rsa_key_adopt(EVP_PKEY *pkey, bool is_private, const ss_key_limits *limits, ss_rsa_key **key,
                           ss_reason *reason);

/* As ss_rsa_key_adopt, for numbers that the policy has seen. */
ss_status ss_rsa_key_adopt_checked(EVP_PKEY *pkey, bool is_private, const ss_key_limits *limits, ss_rsa_key **key,
                                   ss_reason *reason);

/* The numbers as PKCS#1 DER (RFC 8017 A.1): RSAPrivateKey or RSAPublicKey. */
ss_status ss_write_pkcs1(const EVP_PKEY *pkey, bool is_private, ss_buffer *der, ss_reason *reason);

/* Refuses a modulus beyond the limits by its size in bits; says which limit it was. */
ss_status ss_check_size(unsigned bits, const ss_key_limits *limits, ss_reason *reason);

/* The sizes and the form of n and e that we accept. */
ss_status ss_check_public_numbers(const BIGNUM *n, const BIGNUM *e, const ss_key_limits *limits, ss_reason *reason);

/* That the eight numbers belong together, by arithmetic. */
ss_status ss_check_private_numbers(BIGNUM *const numbers[SS_COMPONENT_COUNT], ss_reason *reason);

/* Factors n with the help of d (NIST SP 800-56B Rev. 2, appendix C.2) and fills in p, q, dp, dq and qi. */
ss_status ss_recover_primes(BIGNUM *numbers[SS_COMPONENT_COUNT], ss_reason *reason);

/* The OpenSSL parameter name of a number. */
const char *ss_component_parameter(ss_component component);

void ss_idle_operations_free(ss_idle_operations *idle);

/*
 * The encoded message of which a signature is made: EMSA-PKCS1-v1_5 (RFC 8017 9.2), as long as the modulus. A verification compares
 * all of it with what the signature gives; nothing is parsed.
 */
bool ss_rs256_encode(EVP_MD_CTX *context, ss_bytes message, uint8_t *block, size_t count);

/*
 * RSAVP1 (RFC 8017 5.2.2): the encoded message of a signature; both are as long as the modulus. SS_INVALID for a number that is not
 * below the modulus. Leaves OpenSSL's error queue to the caller.
 */
ss_status ss_rsa_public(const ss_rsa_key *key, BN_CTX *context, const uint8_t *signature, uint8_t *block, size_t count);

/* NULL is allowed. */
void ss_public_numbers_free(ss_public_numbers *numbers);

/* Wipes them. NULL is allowed. */
void ss_lane_numbers_free(ss_lane_numbers *numbers);

#endif
