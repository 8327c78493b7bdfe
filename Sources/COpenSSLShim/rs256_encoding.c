#include <string.h>

#include "internal.h"

/* EMSA-PKCS1-v1_5 for SHA-256 (RFC 8017 9.2): 0, 1, 0xFF…, 0, this, and the digest. */
static const uint8_t digest_info[] = {0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01,
                                      0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00, 0x04, 0x20};
enum { DIGEST_BYTES = 32, SUFFIX_BYTES = sizeof digest_info + DIGEST_BYTES };

bool ss_rs256_encode(EVP_MD_CTX *context, ss_bytes message, uint8_t *block, size_t count) {
    uint8_t *suffix = block + count - SUFFIX_BYTES;
    memset(block, 0xff, count - SUFFIX_BYTES);
    block[0] = 0;
    block[1] = 1;
    suffix[-1] = 0;
    memcpy(suffix, digest_info, sizeof digest_info);
    return ss_sha256_with(context, message, suffix + sizeof digest_info);
}
