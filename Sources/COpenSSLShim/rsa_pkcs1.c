#include <openssl/asn1.h>
#include <openssl/crypto.h>

#include "internal.h"

/*
 * PKCS#1 DER (RFC 8017 A.1): a SEQUENCE of INTEGERs, none of them negative. OpenSSL would look through all its encoders for one
 * that fits, which takes as long as a signature.
 */

/* A sign bit needs room: 0x80 takes two bytes, and 0 takes one. */
static int content_count(const BIGNUM *number) { return BN_num_bits(number) / 8 + 1; }

static int sequence_count(BIGNUM *const numbers[SS_COMPONENT_COUNT], bool is_private) {
    int count = is_private ? 3 : 0;
    for (int i = 0; i < (is_private ? SS_COMPONENT_COUNT : SS_D); i++) {
        count += ASN1_object_size(0, content_count(numbers[i]), V_ASN1_INTEGER);
    }
    return count;
}

static bool put_integer(uint8_t **cursor, const BIGNUM *number) {
    int count = content_count(number);
    ASN1_put_object(cursor, 0, count, V_ASN1_INTEGER, V_ASN1_UNIVERSAL);
    bool put = BN_bn2binpad(number, *cursor, count) == count;
    *cursor += count;
    return put;
}

static bool put_sequence(uint8_t *cursor, BIGNUM *const numbers[SS_COMPONENT_COUNT], bool is_private, int count) {
    ASN1_put_object(&cursor, 1, count, V_ASN1_SEQUENCE, V_ASN1_UNIVERSAL);
    if (is_private) {
        /* Version 0: two primes. */
        ASN1_put_object(&cursor, 0, 1, V_ASN1_INTEGER, V_ASN1_UNIVERSAL);
        *cursor++ = 0;
    }
    for (int i = 0; i < (is_private ? SS_COMPONENT_COUNT : SS_D); i++) {
        if (!put_integer(&cursor, numbers[i])) {
            return false;
        }
    }
    return true;
}

ss_status ss_write_pkcs1(const EVP_PKEY *pkey, bool is_private, ss_buffer *der, ss_reason *reason) {
    BIGNUM *numbers[SS_COMPONENT_COUNT] = {NULL};
    *der = (ss_buffer){NULL, 0};
    ss_status status = ss_copy_numbers(pkey, is_private, numbers, reason);
    if (status == SS_OK) {
        int content = sequence_count(numbers, is_private);
        size_t count = (size_t)ASN1_object_size(1, content, V_ASN1_SEQUENCE);
        uint8_t *start = OPENSSL_malloc(count);
        if (start != NULL && put_sequence(start, numbers, is_private, content)) {
            *der = (ss_buffer){start, count};
        } else {
            OPENSSL_clear_free(start, count);
            status = ss_fail_openssl(SS_FAILED, reason, "the key could not be written");
        }
    }
    ss_free_numbers(numbers);
    return status;
}
