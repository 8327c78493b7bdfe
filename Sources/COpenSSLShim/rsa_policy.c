#include <openssl/bn.h>

#include "internal.h"

ss_status ss_check_public_numbers(const BIGNUM *n, const BIGNUM *e, ss_reason *reason) {
    int bits = BN_num_bits(n);
    if (bits < SS_BITS_MIN) {
        return ss_fail(SS_UNSUPPORTED, reason, "the RSA key has fewer than 2048 bits");
    }
    if (bits > SS_BITS_MAX) {
        return ss_fail(SS_UNSUPPORTED, reason, "the RSA key has more than 8192 bits");
    }
    if (!BN_is_odd(n)) {
        return ss_fail(SS_INVALID, reason, "the RSA modulus n is even");
    }
    if (!BN_is_odd(e) || BN_is_one(e)) {
        return ss_fail(SS_INVALID, reason, "the RSA exponent e must be odd and at least 3");
    }
    if (BN_num_bits(e) > SS_EXPONENT_BITS_MAX) {
        return ss_fail(SS_UNSUPPORTED, reason, "the RSA exponent e has more than 64 bits");
    }
    return SS_OK;
}

/* d is right for a prime p if d * e = 1 (mod p - 1), and its CRT half is d mod (p - 1). */
static bool fits_prime(const BIGNUM *prime, const BIGNUM *d, const BIGNUM *e, const BIGNUM *crt_exponent, BN_CTX *context) {
    BN_CTX_start(context);
    BIGNUM *order = BN_CTX_get(context);
    BIGNUM *value = BN_CTX_get(context);
    bool fits = value != NULL && BN_sub(order, prime, BN_value_one()) == 1 && BN_mod_mul(value, d, e, order, context) == 1 &&
                BN_is_one(value) && BN_mod(value, d, order, context) == 1 && BN_cmp(value, crt_exponent) == 0;
    BN_CTX_end(context);
    return fits;
}

static const char *inconsistency(BIGNUM *const numbers[SS_COMPONENT_COUNT], BIGNUM *value, BN_CTX *context) {
    const BIGNUM *n = numbers[SS_N], *e = numbers[SS_E], *d = numbers[SS_D], *p = numbers[SS_P], *q = numbers[SS_Q];
    if (!BN_is_odd(p) || BN_is_one(p) || !BN_is_odd(q) || BN_is_one(q)) {
        return "the RSA private key is inconsistent: p and q must be odd primes";
    }
    if (BN_mul(value, p, q, context) != 1 || BN_cmp(value, n) != 0) {
        return "the RSA private key is inconsistent: p * q is not n";
    }
    if (BN_is_zero(d) || BN_is_one(d) || BN_cmp(d, n) >= 0) {
        return "the RSA private key is inconsistent: d is out of range";
    }
    if (!fits_prime(p, d, e, numbers[SS_DP], context) || !fits_prime(q, d, e, numbers[SS_DQ], context)) {
        return "the RSA private key is inconsistent: d, dp or dq does not fit e and the primes";
    }
    if (BN_cmp(numbers[SS_QI], p) >= 0 || BN_mod_mul(value, q, numbers[SS_QI], p, context) != 1 || !BN_is_one(value)) {
        return "the RSA private key is inconsistent: qi is not the inverse of q modulo p";
    }
    return NULL;
}

ss_status ss_check_private_numbers(BIGNUM *const numbers[SS_COMPONENT_COUNT], ss_reason *reason) {
    BN_CTX *context = BN_CTX_secure_new();
    BIGNUM *value = BN_secure_new();
    const char *problem = "out of memory";
    ss_status status = SS_FAILED;
    if (context != NULL && value != NULL) {
        problem = inconsistency(numbers, value, context);
        status = problem == NULL ? SS_OK : SS_INCONSISTENT;
    }
    BN_clear_free(value);
    BN_CTX_free(context);
    return status == SS_OK ? SS_OK : ss_fail(status, reason, problem);
}
