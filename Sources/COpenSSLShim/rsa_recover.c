#include <openssl/bn.h>

#include "internal.h"

/* The largest root whose square is no more than `value`: Newton's method, from above. */
static bool square_root(BIGNUM *root, const BIGNUM *value, BN_CTX *context) {
    BN_CTX_start(context);
    BIGNUM *next = BN_CTX_get(context);
    bool done = next != NULL && BN_one(root) == 1 && BN_lshift(root, root, (BN_num_bits(value) + 1) / 2) == 1;
    while (done) {
        done = BN_div(next, NULL, value, root, context) == 1 && BN_add(next, next, root) == 1 && BN_rshift1(next, next) == 1;
        if (!done || BN_cmp(next, root) >= 0) {
            break;
        }
        BN_swap(root, next);
    }
    BN_CTX_end(context);
    return done;
}

/*
 * p + q, from the totient: d*e - 1 is a multiple of lcm(p-1, q-1), and times what it has in common with n - 1 it is
 * a multiple of (p-1)(q-1) = n - (p+q) + 1, by a factor so small that dividing by n finds it.
 */
static bool find_sum(BIGNUM *sum, BIGNUM *const numbers[SS_COMPONENT_COUNT], BN_CTX *context) {
    const BIGNUM *n = numbers[SS_N];
    BN_CTX_start(context);
    BIGNUM *multiple = BN_CTX_get(context);
    BIGNUM *common = BN_CTX_get(context);
    BIGNUM *factor = BN_CTX_get(context);
    BIGNUM *rest = BN_CTX_get(context);
    bool found = rest != NULL && BN_mul(multiple, numbers[SS_D], numbers[SS_E], context) == 1 && BN_sub_word(multiple, 1) == 1 &&
                 !BN_is_zero(multiple) && BN_copy(rest, n) != NULL && BN_sub_word(rest, 1) == 1 &&
                 BN_gcd(common, rest, multiple, context) == 1 && BN_mul(multiple, multiple, common, context) == 1 &&
                 BN_div(factor, rest, multiple, n, context) == 1 && BN_add_word(factor, 1) == 1 && BN_sub(rest, n, rest) == 1 &&
                 BN_div(sum, rest, rest, factor, context) == 1 && BN_is_zero(rest) && BN_add_word(sum, 1) == 1;
    BN_CTX_end(context);
    return found;
}

/* p and q, from p + q and n = p * q: their difference is the root of (p+q)^2 - 4n. */
static bool split(BIGNUM *p, BIGNUM *q, const BIGNUM *sum, const BIGNUM *n, BN_CTX *context) {
    BN_CTX_start(context);
    BIGNUM *square = BN_CTX_get(context);
    BIGNUM *difference = BN_CTX_get(context);
    BIGNUM *check = BN_CTX_get(context);
    bool found = check != NULL && BN_sqr(square, sum, context) == 1 && BN_lshift(check, n, 2) == 1 && BN_cmp(square, check) > 0 &&
                 BN_sub(square, square, check) == 1 && square_root(difference, square, context) &&
                 BN_sqr(check, difference, context) == 1 && BN_cmp(check, square) == 0 && BN_add(p, sum, difference) == 1 &&
                 BN_rshift1(p, p) == 1 && BN_sub(q, sum, difference) == 1 && BN_rshift1(q, q) == 1;
    BN_CTX_end(context);
    return found;
}

static bool compute_crt(BIGNUM *numbers[SS_COMPONENT_COUNT], BN_CTX *context) {
    const BIGNUM *d = numbers[SS_D], *p = numbers[SS_P], *q = numbers[SS_Q];
    BN_CTX_start(context);
    BIGNUM *order = BN_CTX_get(context);
    bool done = order != NULL && BN_sub(order, p, BN_value_one()) == 1 && BN_mod(numbers[SS_DP], d, order, context) == 1 &&
                BN_sub(order, q, BN_value_one()) == 1 && BN_mod(numbers[SS_DQ], d, order, context) == 1 &&
                BN_mod_inverse(numbers[SS_QI], q, p, context) != NULL;
    BN_CTX_end(context);
    return done;
}

/*
 * The way of appendix C.2 takes divisions alone. That of C.1 raises random numbers to the power of d, each of which
 * takes as long as a signature without primes, and an attacker who makes up the numbers can have it done forty times.
 */
ss_status ss_recover_primes(BIGNUM *numbers[SS_COMPONENT_COUNT], ss_reason *reason) {
    BN_CTX *context = BN_CTX_secure_new();
    BIGNUM *sum = BN_secure_new();
    bool done = context != NULL && sum != NULL;
    for (int i = SS_P; i < SS_COMPONENT_COUNT && done; i++) {
        numbers[i] = BN_secure_new();
        done = numbers[i] != NULL;
    }
    done = done && BN_cmp(numbers[SS_D], numbers[SS_N]) < 0 && find_sum(sum, numbers, context) &&
           split(numbers[SS_P], numbers[SS_Q], sum, numbers[SS_N], context) && compute_crt(numbers, context);
    BN_clear_free(sum);
    BN_CTX_free(context);
    return done ? SS_OK : ss_fail_openssl(SS_INCONSISTENT, reason, "the RSA private key is inconsistent: d does not fit n and e");
}
