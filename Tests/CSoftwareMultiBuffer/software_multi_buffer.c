#include "CSoftwareMultiBuffer.h"

#include <openssl/bn.h>
#include <string.h>

enum { LANES = 8, SCRATCH = 64 };

struct ss_crypto_mb_method {
    int bits;
};

static const ss_crypto_mb_method only_method = {2048};
static _Thread_local software_fault current;
static _Thread_local unsigned private_count, public_count;

void software_multi_buffer_break(software_fault fault) { current = fault; }

unsigned software_private_operations(void) { return private_count; }

unsigned software_public_operations(void) { return public_count; }

static const ss_crypto_mb_method *public_method(int bits) { return bits == only_method.bits ? &only_method : NULL; }

static const ss_crypto_mb_method *private_method(int bits) {
    return bits == only_method.bits && current != FAULT_NO_METHOD ? &only_method : NULL;
}

static int buffer_size(const ss_crypto_mb_method *of) {
    return of == &only_method && current != FAULT_NO_BUFFER_SIZE ? SCRATCH : -1;
}

static BIGNUM *number(const ss_crypto_mb_word *words, int bits) { return BN_lebin2bn((const unsigned char *)words, bits / 8, NULL); }

static uint32_t public_operation(const uint8_t *const from[8], uint8_t *const to[8], const ss_crypto_mb_word *const n[8], int bits,
                                 const ss_crypto_mb_method *of, uint8_t *scratch) {
    BN_CTX *context = BN_CTX_new();
    BIGNUM *exponent = BN_new(), *result = BN_new();
    (void)of;
    memset(scratch, 0x55, SCRATCH);
    public_count++;
    BN_set_word(exponent, 65537);
    for (int lane = 0; lane < LANES; lane++) {
        BIGNUM *modulus = number(n[lane], bits), *base = BN_bin2bn(from[lane], bits / 8, NULL);
        BN_mod_exp(result, base, exponent, modulus, context);
        if (current == FAULT_EMPTY_RESULTS) {
            BN_zero(result);
        }
        BN_bn2binpad(result, to[lane], bits / 8);
        BN_free(modulus);
        BN_free(base);
    }
    BN_free(exponent);
    BN_free(result);
    BN_CTX_free(context);
    return current == FAULT_SAID_PUBLIC ? 1u << 28 : 0;
}

static uint32_t private_operation(const uint8_t *const from[8], uint8_t *const to[8], const ss_crypto_mb_word *const p[8],
                                  const ss_crypto_mb_word *const q[8], const ss_crypto_mb_word *const dp[8],
                                  const ss_crypto_mb_word *const dq[8], const ss_crypto_mb_word *const qi[8], int bits,
                                  const ss_crypto_mb_method *of, uint8_t *scratch) {
    BN_CTX *context = BN_CTX_new();
    BIGNUM *left = BN_new(), *right = BN_new();
    (void)of;
    memset(scratch, 0x55, SCRATCH);
    private_count++;
    for (int lane = 0; lane < LANES; lane++) {
        BIGNUM *numbers[] = {number(p[lane], bits / 2), number(q[lane], bits / 2), number(dp[lane], bits / 2),
                             number(dq[lane], bits / 2), number(qi[lane], bits / 2)};
        BIGNUM *base = BN_bin2bn(from[lane], bits / 8, NULL);
        BN_mod_exp(left, base, numbers[2], numbers[0], context);
        BN_mod_exp(right, base, numbers[3], numbers[1], context);
        if (current == FAULT_IN_PRIME && lane == LANES - 1) {
            BN_add_word(left, 1);
        }
        BN_mod_sub(left, left, right, numbers[0], context);
        BN_mod_mul(left, left, numbers[4], numbers[0], context);
        BN_mul(left, left, numbers[1], context);
        BN_add(left, left, right);
        BN_bn2binpad(left, to[lane], bits / 8);
        for (unsigned i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
            BN_free(numbers[i]);
        }
        BN_free(base);
    }
    BN_free(left);
    BN_free(right);
    BN_CTX_free(context);
    return current == FAULT_SAID_PRIVATE ? 1 : 0;
}

ss_crypto_mb software_multi_buffer(void) {
    return (ss_crypto_mb){public_method, private_method, buffer_size, public_operation, private_operation};
}
