#include <openssl/crypto.h>
#include <string.h>

#include "multi_buffer.h"

/* The key and the text of RFC 7515 A.2: published, and never a key for anything else. */
static const char test_key[] =
    "MIIEowIBAAKCAQEAofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd/wWJcyQoTbji9k0l8W26mPddxHmfHQp+Vaw+4qPCJrcS2mJPMEzP1Pt0Bm4d4Ql"
    "L+yRT+SFd2lZS+pCgNMsD1W/YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb/7OMg0LOL+bSf63kpaSHSXndS5z5rexMdbBYUsLA9e+KXBdQOS+UTo"
    "7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6/I5IhlJH7aGhyxXFvUK+DWNmoudF8NAco9/h9iaGNj8q2ethFkMLs91kzk2"
    "PAcDTW9gb54h4FRWyuXpoQIDAQABAoIBABKucaRpzQorw35SbEUAVx8dYXUdZOlJcHtiWQ+dC6V8ljxAHj/PLyzTveyI5QO/xkObCyjIL303l2cf"
    "UhPu2MFaJdjVzqACXuOrLot/eSFvxjvqVidTtAZExqFRJ9mylUVAoLvhowVWmC1On95fZCXxTUtxNEG1Xcc7m0rtzJKs45J+N/V9DP1edYH6USyP"
    "SWGp6wuA+KgHRnKKVf9GRx80JQY7nVNkL17eHoTWEwga+lwi0FEoW9Y7lDtWXYmKBWhUE+U8PGxlJf8f40493HDw1WRQ/aSLoS4QTp3rn7gYgeHE"
    "vfJdkkf0UMhlknlo53M09EFPdadQ4TlUbjqKc50CgYEA4BzEEOtIpmVdVEZNCqS7baC4crd0pqnRH/5IB3jw3bcxGn6QLvnEtfdUdiYrqBdss1l5"
    "8BQ3KhooKeQTa9AB0Hw/Py5PJdTJNPY8cQn7ouZ2KKDcmnPGBY5t7yLc1QlQ5xHdwW1VhvKn+nXqhJTBgIPgtldC+KDV5z+y2XDwGUcCgYEAuQPE"
    "fgmVtjL0Uyyx88GZFF1fOunH3+7cepKmtH4pxhtCoHqpWmT8YAmZxaewHgHAjLYsp1ZSe7zFYHj7C6ul7TjeLQeZD/YwD66t62wDmpe/HlB+TnBA"
    "+njbglfIsRLtXlnDzQkv5dTltRJ11BKBBypeeF6689rjcJIDEz9RWdcCgYAHAp9XcCSrn8wVkMVkKdb7DOX4IKjzdahm+ctDAJN4O/y7OW5FKebv"
    "UjdAIt2GuoTZ71iTG+7F0F+lP88jtjP4U4qe7VHoewl4MKOfXZKTe+YCS1XbNvfgwJ3Ltyl1OH9hWvu2yza7q+d5PCsDzqtm27kxuvULVeya+TEd"
    "AB1ijQKBgQCH/3r6YrVH/uCWGy6bzV1nGNOdjKc9tmkfOJmN54dxdixdpozCQ6U4OxZrsj3FcOhHBsqAHvX2uuYjagqvo3cOj1TRqNocX40omfCC"
    "Mx3bD1yPPf/6TI2XECva/ggqEY2mYzmIiA5LVVmc5nrybr+lssFKneeyxN2Wq93S0iJMdQKBgCGHewxzoa1r8ZMD0LETNrToK423K377UCYqXfg5"
    "XMclbrjPbEC3YI1ZNqMtuhdBJqUnBi6tjKMF+34Xf0CUN8ncuXGO2CAYvO8PdyCixHX52ybaDjy1FtCE6yUXjoKNXKvUm7MWGsAYH6f4IegOetN5"
    "NvmUMFStCSkh7ixZLkN1";
enum { TEST_KEY_COUNT = 1191 };

static const char test_text[] =
    "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";

/* SHA-256 over the signatures, one after the other, of the text and of what is left of it without its last 1, 2, … 7 bytes. */
static const uint8_t digest_of_signatures[32] = {
    0x8c, 0xf7, 0x87, 0x0e, 0x2c, 0x4b, 0x6a, 0xf0, 0x18, 0xe1, 0x80, 0x6e, 0xa2, 0x93, 0x52, 0x96,
    0xfd, 0xda, 0xf2, 0x55, 0x78, 0x32, 0x8d, 0xad, 0x07, 0x35, 0x34, 0x26, 0xeb, 0x71, 0x80, 0xec,
};

static ss_status import_test_key(ss_rsa_key **key, ss_reason *reason) {
    uint8_t der[TEST_KEY_COUNT + 3]; /* EVP_DecodeBlock writes whole groups of three */
    if (EVP_DecodeBlock(der, (const uint8_t *)test_key, sizeof test_key - 1) < TEST_KEY_COUNT) {
        return ss_fail(SS_FAILED, reason, "the key of the self-test cannot be read");
    }
    return ss_rsa_key_import_der(SS_PKCS1_PRIVATE, (ss_bytes){der, TEST_KEY_COUNT}, NULL, key, reason);
}

static ss_bytes text_of(int lane) { return (ss_bytes){(const uint8_t *)test_text, sizeof test_text - 1 - (size_t)lane}; }

static const char *signing_problem(ss_multi_buffer *library, const ss_rsa_key *key, ss_lane_blocks signatures) {
    ss_rs256_signing items[SS_LANES];
    uint8_t digest[32];
    for (int lane = 0; lane < SS_LANES; lane++) {
        items[lane] = (ss_rs256_signing){key, text_of(lane), signatures[lane], SS_LANE_BYTES};
    }
    if (ss_rs256_sign_batch(library, items, SS_LANES, NULL) != SS_OK || ss_multi_buffer_is_retired(library) ||
        ss_sha256((ss_bytes){signatures[0], sizeof(ss_lane_blocks)}, digest) != SS_OK) {
        return "the self-test failed: it does not sign";
    }
    bool known = memcmp(digest, digest_of_signatures, sizeof digest) == 0;
    return known ? NULL : "the self-test failed: it makes other signatures than OpenSSL";
}

/* Every second lane is good, and each of the others is bad in its own way. */
static const char *verifying_problem(ss_multi_buffer *library, const ss_rsa_key *key, ss_lane_blocks signatures) {
    ss_rs256_verification items[SS_LANES];
    for (int lane = 0; lane < SS_LANES; lane++) {
        items[lane] = (ss_rs256_verification){key, text_of(lane), {signatures[lane], SS_LANE_BYTES}, SS_FAILED};
    }
    items[1].message = text_of(2);
    items[3].signature.start = signatures[4];
    signatures[5][SS_LANE_BYTES - 1] ^= 1;
    signatures[7][0] ^= 0x40;
    ss_rs256_verify_batch(library, items, SS_LANES);
    for (int lane = 0; lane < SS_LANES; lane++) {
        if (items[lane].status != (lane % 2 == 0 ? SS_OK : SS_INVALID)) {
            return lane % 2 == 0 ? "the self-test failed: it refuses a good signature" : "the self-test failed: it accepts a bad signature";
        }
    }
    return ss_multi_buffer_is_retired(library) ? "the self-test failed: it does not verify" : NULL;
}

ss_status ss_multi_buffer_self_test(ss_multi_buffer *library, ss_reason *reason) {
    ss_rsa_key *key = NULL;
    ss_lane_blocks signatures;
    ss_status status = import_test_key(&key, reason);
    if (status != SS_OK) {
        return status;
    }
    const char *problem = signing_problem(library, key, signatures);
    if (problem == NULL) {
        problem = verifying_problem(library, key, signatures);
    }
    ss_rsa_key_free(key);
    return problem == NULL ? SS_OK : ss_fail(SS_FAILED, reason, problem);
}
