#include <openssl/crypto.h>
#include <stdio.h>
#include <string.h>

#include "multi_buffer.h"

enum { SS_BUFFER_MAX = 1024 * 1024 };

ss_status ss_multi_buffer_make(const ss_crypto_mb *functions, ss_multi_buffer **library, ss_reason *reason) {
    *library = NULL;
    ss_multi_buffer *made = OPENSSL_zalloc(sizeof *made);
    if (made == NULL) {
        return ss_fail(SS_FAILED, reason, "out of memory");
    }
    made->functions = *functions;
    made->public_method = functions->public_method(SS_LANE_BITS);
    made->private_method = functions->private_method(SS_LANE_BITS);
    if (made->public_method == NULL || made->private_method == NULL) {
        ss_multi_buffer_free(made);
        return ss_fail(SS_UNSUPPORTED, reason, "crypto_mb has nothing for keys of 2048 bits");
    }
    int verifying = functions->buffer_size(made->public_method), signing = functions->buffer_size(made->private_method);
    if (verifying <= 0 || verifying > SS_BUFFER_MAX || signing <= 0 || signing > SS_BUFFER_MAX) {
        ss_multi_buffer_free(made);
        return ss_fail(SS_UNSUPPORTED, reason, "crypto_mb wants scratch memory of a senseless size");
    }
    made->buffer_count = (size_t)(verifying > signing ? verifying : signing);
    ss_status status = ss_multi_buffer_self_test(made, reason);
    if (status != SS_OK) {
        ss_multi_buffer_free(made);
        return status;
    }
    *library = made;
    return SS_OK;
}

void ss_multi_buffer_retire(ss_multi_buffer *library) {
    atomic_store_explicit(&library->is_retired, true, memory_order_relaxed);
}

bool ss_multi_buffer_is_retired(const ss_multi_buffer *library) {
    return atomic_load_explicit(&library->is_retired, memory_order_relaxed);
}

bool ss_lanes_private(const ss_multi_buffer *library, const ss_lane_numbers *const keys[SS_LANES], ss_lane_blocks blocks,
                      ss_lane_blocks signatures) {
    const uint8_t *from[SS_LANES];
    uint8_t *to[SS_LANES];
    const ss_crypto_mb_word *p[SS_LANES], *q[SS_LANES], *dp[SS_LANES], *dq[SS_LANES], *qi[SS_LANES];
    for (int lane = 0; lane < SS_LANES; lane++) {
        from[lane] = blocks[lane];
        to[lane] = signatures[lane];
        p[lane] = (const ss_crypto_mb_word *)keys[lane]->p;
        q[lane] = (const ss_crypto_mb_word *)keys[lane]->q;
        dp[lane] = (const ss_crypto_mb_word *)keys[lane]->dp;
        dq[lane] = (const ss_crypto_mb_word *)keys[lane]->dq;
        qi[lane] = (const ss_crypto_mb_word *)keys[lane]->qi;
    }
    uint8_t *scratch = OPENSSL_malloc(library->buffer_count);
    if (scratch == NULL) {
        return false;
    }
    uint32_t status = library->functions.private_operation(from, to, p, q, dp, dq, qi, SS_LANE_BITS, library->private_method, scratch);
    /* What is left in it would give the key away. */
    OPENSSL_clear_free(scratch, library->buffer_count);
    return status == 0;
}

bool ss_lanes_public(const ss_multi_buffer *library, const ss_lane_numbers *const keys[SS_LANES], ss_lane_blocks signatures,
                     ss_lane_blocks blocks) {
    const uint8_t *from[SS_LANES];
    uint8_t *to[SS_LANES];
    const ss_crypto_mb_word *n[SS_LANES];
    for (int lane = 0; lane < SS_LANES; lane++) {
        from[lane] = signatures[lane];
        to[lane] = blocks[lane];
        n[lane] = (const ss_crypto_mb_word *)keys[lane]->n;
    }
    uint8_t *scratch = OPENSSL_malloc(library->buffer_count);
    if (scratch == NULL) {
        return false;
    }
    uint32_t status = library->functions.public_operation(from, to, n, SS_LANE_BITS, library->public_method, scratch);
    OPENSSL_free(scratch);
    return status == 0;
}
