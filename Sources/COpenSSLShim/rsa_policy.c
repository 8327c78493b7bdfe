#include <openssl/bn.h>
#include <stdio.h>

#include "internal.h"

static unsigned at_most(unsigned wanted, unsigned widest) { return wanted < widest ? wanted : widest; }

static ss_status beyond(const char *what, unsigned limit, ss_reason *reason) {
    char text[SS_REASON_CAPACITY];
    snprintf(text, sizeof text, "the RSA %s has more than %u bits", what, limit);
    return ss_fail(SS_UNSUPPORTED, reason, text);
}

ss_status ss_check_size(unsigned bits, const ss_key_limits *limits, ss_reason *reason) {
    unsigned most = limits == NULL ? SS_BITS_MAX : at_most(limits->bits, SS_BITS_MAX);
    return bits > most ? beyond("key", most, reason) : SS_OK;
}

ss_status ss_check_public_numbers(const BIGNUM *n, const BIGNUM *e, const ss_key_limits *limits, ss_reason *reason) {
    int bits = BN_num_bits(n);
    if (bits < SS_BITS_MIN) {
        return ss_fail(SS_UNSUPPORTED, reason, "the RSA key has fewer than 2048 bits");
    }
    ss_status status = ss_check_size((unsigned)bits, limits, reason);
    if (status != SS_OK) {
        return status;
    }
    if (!BN_is_odd(n)) {
        return ss_fail(SS_INVALID, reason, "the RSA modulus n is even");
    }
    if (!BN_is_odd(e) || BN_is_one(e)) {
        return ss_fail(SS_INVALID, reason, "the RSA exponent e must be odd and at least 3");
    }
    unsigned most = limits == NULL ? SS_EXPONENT_BITS_MAX : at_most(limits->exponent_bits, SS_EXPONENT_BITS_MAX);
    return (unsigned)BN_num_bits(e) > most ? beyond("exponent e", most, reason) : SS_OK;
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
