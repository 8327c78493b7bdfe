#include <openssl/crypto.h>
#include <string.h>

#include "multi_buffer.h"

/* The items of a batch that wait until all lanes are taken, by their index. */
typedef struct lanes {
    size_t items[SS_LANES];
    const ss_lane_numbers *keys[SS_LANES];
    int count;
} lanes;

static void take_lane(lanes *lanes, size_t item, const ss_lane_numbers *key) {
    lanes->items[lanes->count] = item;
    lanes->keys[lanes->count] = key;
    lanes->count++;
}

/* Lanes that nobody needs do again what the first does. */
static void fill_lanes(lanes *lanes, ss_lane_blocks blocks) {
    for (int lane = lanes->count; lane < SS_LANES; lane++) {
        lanes->keys[lane] = lanes->keys[0];
        memcpy(blocks[lane], blocks[0], SS_LANE_BYTES);
    }
}

static ss_status sign_one(const ss_rs256_signing *item, ss_reason *reason) {
    return ss_rs256_sign(item->key, item->message, item->signature, item->capacity, reason);
}

/*
 * A signature that comes out of a faulty computation by the Chinese remainder theorem gives the key away, so none leaves
 * before it has been verified. false if any of them does not verify; then none has left.
 */
static bool sign_lanes(ss_multi_buffer *library, EVP_MD_CTX *context, const ss_rs256_signing *items, lanes *lanes) {
    ss_lane_blocks blocks, signatures, recovered;
    for (int lane = 0; lane < lanes->count; lane++) {
        if (!ss_rs256_encode(context, items[lanes->items[lane]].message, blocks[lane], SS_LANE_BYTES)) {
            return false;
        }
    }
    fill_lanes(lanes, blocks);
    bool signs = ss_lanes_private(library, lanes->keys, blocks, signatures) &&
                 ss_lanes_public(library, lanes->keys, signatures, recovered) && memcmp(blocks, recovered, sizeof blocks) == 0;
    if (!signs) {
        OPENSSL_cleanse(signatures, sizeof signatures);
        return false;
    }
    for (int lane = 0; lane < lanes->count; lane++) {
        memcpy(items[lanes->items[lane]].signature, signatures[lane], SS_LANE_BYTES);
    }
    return true;
}

static ss_status flush_signing(ss_multi_buffer *library, EVP_MD_CTX *context, const ss_rs256_signing *items, lanes *lanes,
                               ss_reason *reason) {
    ss_status status = SS_OK;
    bool done = false;
    if (lanes->count >= SS_SIGNING_LANES_MIN && !ss_multi_buffer_is_retired(library)) {
        done = sign_lanes(library, context, items, lanes);
        if (!done) {
            ss_fail(SS_FAILED, NULL, "");
            ss_multi_buffer_retire(library);
        }
    }
    for (int lane = 0; lane < lanes->count && !done && status == SS_OK; lane++) {
        status = sign_one(&items[lanes->items[lane]], reason);
    }
    lanes->count = 0;
    return status;
}

ss_status ss_rs256_sign_batch(ss_multi_buffer *library, const ss_rs256_signing *items, size_t count, ss_reason *reason) {
    bool together = library != NULL && count >= SS_SIGNING_LANES_MIN && !ss_multi_buffer_is_retired(library);
    EVP_MD_CTX *context = together ? EVP_MD_CTX_new() : NULL;
    ss_status status = SS_OK;
    lanes lanes = {.count = 0};
    for (size_t i = 0; i < count && status == SS_OK; i++) {
        const ss_lane_numbers *key = context == NULL ? NULL : ss_rsa_key_lane_numbers(items[i].key);
        /* What an unproven key gets wrong would look like the library's fault. */
        bool is_proven = atomic_load_explicit(&items[i].key->is_proven, memory_order_relaxed);
        if (key == NULL || !key->can_sign || !is_proven || items[i].capacity < SS_LANE_BYTES) {
            status = sign_one(&items[i], reason);
            continue;
        }
        take_lane(&lanes, i, key);
        if (lanes.count == SS_LANES) {
            status = flush_signing(library, context, items, &lanes, reason);
        }
    }
    if (status == SS_OK) {
        status = flush_signing(library, context, items, &lanes, reason);
    }
    EVP_MD_CTX_free(context);
    return status;
}

static void verify_one(ss_rs256_verification *item) { item->status = ss_rs256_verify(item->key, item->message, item->signature); }

static bool verify_lanes(const ss_multi_buffer *library, EVP_MD_CTX *context, ss_rs256_verification *items, lanes *lanes) {
    ss_lane_blocks blocks, signatures, recovered;
    for (int lane = 0; lane < lanes->count; lane++) {
        ss_rs256_verification *item = &items[lanes->items[lane]];
        memcpy(signatures[lane], item->signature.start, SS_LANE_BYTES);
        if (!ss_rs256_encode(context, item->message, blocks[lane], SS_LANE_BYTES)) {
            return false;
        }
    }
    fill_lanes(lanes, signatures);
    if (!ss_lanes_public(library, lanes->keys, signatures, recovered)) {
        return false;
    }
    for (int lane = 0; lane < lanes->count; lane++) {
        bool valid = memcmp(blocks[lane], recovered[lane], SS_LANE_BYTES) == 0;
        items[lanes->items[lane]].status = valid ? SS_OK : SS_INVALID;
    }
    return true;
}

static void flush_verifying(ss_multi_buffer *library, EVP_MD_CTX *context, ss_rs256_verification *items, lanes *lanes) {
    bool done = false;
    if (lanes->count >= SS_VERIFYING_LANES_MIN && !ss_multi_buffer_is_retired(library)) {
        done = verify_lanes(library, context, items, lanes);
        if (!done) {
            ss_fail(SS_FAILED, NULL, "");
            ss_multi_buffer_retire(library);
        }
    }
    for (int lane = 0; lane < lanes->count && !done; lane++) {
        verify_one(&items[lanes->items[lane]]);
    }
    lanes->count = 0;
}

void ss_rs256_verify_batch(ss_multi_buffer *library, ss_rs256_verification *items, size_t count) {
    bool together = library != NULL && count >= SS_VERIFYING_LANES_MIN && !ss_multi_buffer_is_retired(library);
    EVP_MD_CTX *context = together ? EVP_MD_CTX_new() : NULL;
    lanes lanes = {.count = 0};
    for (size_t i = 0; i < count; i++) {
        const ss_lane_numbers *key = context == NULL ? NULL : ss_rsa_key_lane_numbers(items[i].key);
        if (key == NULL || items[i].signature.count != SS_LANE_BYTES) {
            verify_one(&items[i]);
        } else if (memcmp(items[i].signature.start, key->modulus, SS_LANE_BYTES) >= 0) {
            /* crypto_mb would reduce it modulo n, and so see two signatures where there is one (RFC 8017 5.2.2). */
            items[i].status = SS_INVALID;
        } else {
            take_lane(&lanes, i, key);
            if (lanes.count == SS_LANES) {
                flush_verifying(library, context, items, &lanes);
            }
        }
    }
    flush_verifying(library, context, items, &lanes);
    EVP_MD_CTX_free(context);
}
