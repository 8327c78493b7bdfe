#include <openssl/bn.h>

#include "internal.h"

enum { ATTEMPTS = 40 }; /* each one finds the factors of a good key with a chance of one half or better */

typedef enum attempt { FOUND, UNLUCKY, HOPELESS } attempt;

/*
 * One attempt: g^(d*e-1) = 1 (mod n), so on the way of squarings to it there is, for half of all g, a root of 1
 * that is neither 1 nor -1, and root - 1 shares exactly one prime with n. A g that does not lead to 1 proves that d is
 * wrong: trying another would only cost time, which is seconds at 8192 bits.
 */
static attempt find_factor(BIGNUM *factor, const BIGNUM *n, const BIGNUM *odd, int squarings, BN_CTX *context) {
    BN_CTX_start(context);
    BIGNUM *root = BN_CTX_get(context);
    BIGNUM *next = BN_CTX_get(context);
    BIGNUM *minus_one = BN_CTX_get(context);
    attempt outcome = HOPELESS;
    if (minus_one != NULL && BN_sub(minus_one, n, BN_value_one()) == 1 && BN_priv_rand_range_ex(root, minus_one, 0, context) == 1 &&
        !BN_is_zero(root) && BN_mod_exp(root, root, odd, n, context) == 1) {
        for (int i = 0; i < squarings; i++) {
            if (BN_is_one(root) || BN_cmp(root, minus_one) == 0) {
                outcome = UNLUCKY;
                break;
            }
            if (BN_mod_sqr(next, root, n, context) != 1) {
                break;
            }
            if (BN_is_one(next)) {
                outcome = BN_sub_word(root, 1) == 1 && BN_gcd(factor, root, n, context) == 1 ? FOUND : HOPELESS;
                break;
            }
            BN_swap(root, next);
        }
    }
    BN_CTX_end(context);
    return outcome;
}

static bool compute_crt(BIGNUM *numbers[SS_COMPONENT_COUNT], BIGNUM *order, BN_CTX *context) {
    const BIGNUM *d = numbers[SS_D], *p = numbers[SS_P], *q = numbers[SS_Q];
    return BN_sub(order, p, BN_value_one()) == 1 && BN_mod(numbers[SS_DP], d, order, context) == 1 &&
           BN_sub(order, q, BN_value_one()) == 1 && BN_mod(numbers[SS_DQ], d, order, context) == 1 &&
           BN_mod_inverse(numbers[SS_QI], q, p, context) != NULL;
}

static bool recover(BIGNUM *numbers[SS_COMPONENT_COUNT], BIGNUM *odd, BN_CTX *context) {
    BIGNUM *n = numbers[SS_N], *p = numbers[SS_P], *q = numbers[SS_Q];
    if (BN_cmp(numbers[SS_D], n) >= 0 || BN_mul(odd, numbers[SS_D], numbers[SS_E], context) != 1 || BN_sub_word(odd, 1) != 1 ||
        BN_is_zero(odd)) {
        return false;
    }
    int squarings = 0;
    while (!BN_is_odd(odd)) {
        if (BN_rshift1(odd, odd) != 1) {
            return false;
        }
        squarings++;
    }
    attempt outcome = UNLUCKY;
    for (int i = 0; i < ATTEMPTS && outcome == UNLUCKY; i++) {
        outcome = find_factor(p, n, odd, squarings, context);
    }
    if (outcome != FOUND || BN_div(q, NULL, n, p, context) != 1) {
        return false;
    }
    if (BN_cmp(p, q) < 0) { /* the larger prime first, as OpenSSL writes it */
        BN_swap(p, q);
    }
    return compute_crt(numbers, odd, context);
}

ss_status ss_recover_primes(BIGNUM *numbers[SS_COMPONENT_COUNT], ss_reason *reason) {
    BN_CTX *context = BN_CTX_secure_new();
    BIGNUM *odd = BN_secure_new();
    bool done = context != NULL && odd != NULL;
    for (int i = SS_P; i < SS_COMPONENT_COUNT && done; i++) {
        numbers[i] = BN_secure_new();
        done = numbers[i] != NULL;
    }
    done = done && recover(numbers, odd, context);
    BN_clear_free(odd);
    BN_CTX_free(context);
    return done ? SS_OK : ss_fail_openssl(SS_INCONSISTENT, reason, "the RSA private key is inconsistent: d does not fit n and e");
}
