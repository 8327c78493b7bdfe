/* What the files about eight RSA operations at a time share; nothing here is visible to Swift. */
#ifndef COPENSSLSHIM_MULTI_BUFFER_H
#define COPENSSLSHIM_MULTI_BUFFER_H

#include "internal.h"

enum {
    SS_LANES = 8,
    SS_LANE_BITS = 2048, /* of the keys of Stream, and the one size that the self-test tries */
    SS_LANE_BYTES = SS_LANE_BITS / 8,
    SS_LANE_WORDS = SS_LANE_BITS / 64,
    SS_PRIME_WORDS = SS_LANE_WORDS / 2,
};

struct ss_multi_buffer {
    ss_crypto_mb functions;
    const ss_crypto_mb_method *public_method;
    const ss_crypto_mb_method *private_method;
    size_t buffer_count; /* bytes of scratch that an operation needs */
    void *handle;        /* what dlopen gave, or NULL */
    ss_reason name;
    atomic_bool is_retired;
};

/* Numbers as crypto_mb takes them: the least significant 64 bits first. */
struct ss_lane_numbers {
    bool can_sign;
    uint8_t modulus[SS_LANE_BYTES]; /* n again, as the bytes of a signature are ordered */
    uint64_t n[SS_LANE_WORDS];
    uint64_t p[SS_PRIME_WORDS];
    uint64_t q[SS_PRIME_WORDS];
    uint64_t dp[SS_PRIME_WORDS];
    uint64_t dq[SS_PRIME_WORDS];
    uint64_t qi[SS_PRIME_WORDS];
};

/* Laid out when first asked for, and wiped with the key. NULL if OpenSSL must do what this key does: another size or exponent. */
const ss_lane_numbers *ss_rsa_key_lane_numbers(const ss_rsa_key *key);

/* One block of bytes for each lane. */
typedef uint8_t ss_lane_blocks[SS_LANES][SS_LANE_BYTES];

/* signature = block ^ d mod n in every lane, without any check of the result; false if the library says that it failed. */
bool ss_lanes_private(const ss_multi_buffer *library, const ss_lane_numbers *const keys[SS_LANES], ss_lane_blocks blocks,
                      ss_lane_blocks signatures);

/* block = signature ^ 65537 mod n in every lane; false if the library says that it failed. Signatures are less than n. */
bool ss_lanes_public(const ss_multi_buffer *library, const ss_lane_numbers *const keys[SS_LANES], ss_lane_blocks signatures,
                     ss_lane_blocks blocks);

/* Ends the use of a library that made a mistake. */
void ss_multi_buffer_retire(ss_multi_buffer *library);

/* Signs and verifies what is known, and looks at every result. */
ss_status ss_multi_buffer_self_test(ss_multi_buffer *library, ss_reason *reason);

#endif
