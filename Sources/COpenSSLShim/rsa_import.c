#include <openssl/asn1.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/objects.h>
#include <openssl/param_build.h>
#include <openssl/x509.h>
#include <stdio.h>
#include <string.h>

#include "internal.h"

/* Re-encoding must give the very bytes: DER has one text a value, and whatever is tolerated here is a second one. */
static bool reencodes(int written, uint8_t *again, ss_bytes der) {
    bool same = written > 0 && (size_t)written == der.count && memcmp(again, der.start, der.count) == 0;
    if (written > 0) {
        OPENSSL_clear_free(again, (size_t)written);
    }
    return same;
}

static bool is_pkcs1_of(const EVP_PKEY *pkey, bool is_private, ss_bytes der) {
    ss_buffer again;
    ss_status status = ss_write_pkcs1(pkey, is_private, &again, NULL);
    return status == SS_OK && reencodes((int)again.count, again.start, der);
}

/* The number that a SEQUENCE begins with, if it is a version of one byte; -1 for anything else. */
static int version_of(ss_bytes der) {
    const uint8_t *cursor = der.start;
    long length;
    int tag, class;
    if ((ASN1_get_object(&cursor, &length, &tag, &class, (long)der.count) & 0x80) != 0 || tag != V_ASN1_SEQUENCE ||
        der.start + der.count - cursor < 3 || memcmp(cursor, "\x02\x01", 2) != 0) {
        return -1;
    }
    return cursor[2];
}

static ss_status import_pkcs1_private(ss_bytes der, const ss_key_limits *limits, ss_rsa_key **key, ss_reason *reason) {
    /* Version 1 means more than two primes (RFC 8017 A.1.2); OpenSSL fails only on some of them. */
    if (version_of(der) == 1) {
        return ss_fail(SS_UNSUPPORTED, reason, "the RSA key has more than two primes");
    }
    const uint8_t *cursor = der.start;
    EVP_PKEY *pkey = d2i_PrivateKey(EVP_PKEY_RSA, NULL, &cursor, (long)der.count);
    if (pkey == NULL) {
        return ss_fail_openssl(SS_INVALID, reason, "not an RSA private key in PKCS#1 DER");
    }
    if (!is_pkcs1_of(pkey, true, der)) {
        EVP_PKEY_free(pkey);
        return ss_fail(SS_INVALID, reason, "not an RSA private key in PKCS#1 DER: it does not re-encode to the same bytes");
    }
    return ss_rsa_key_adopt(pkey, true, limits, key, reason);
}

static ss_status import_pkcs1_public(ss_bytes der, const ss_key_limits *limits, ss_rsa_key **key, ss_reason *reason) {
    const uint8_t *cursor = der.start;
    EVP_PKEY *pkey = d2i_PublicKey(EVP_PKEY_RSA, NULL, &cursor, (long)der.count);
    if (pkey == NULL) {
        return ss_fail_openssl(SS_INVALID, reason, "not an RSA public key in PKCS#1 DER");
    }
    if (!is_pkcs1_of(pkey, false, der)) {
        EVP_PKEY_free(pkey);
        return ss_fail(SS_INVALID, reason, "not an RSA public key in PKCS#1 DER: it does not re-encode to the same bytes");
    }
    return ss_rsa_key_adopt(pkey, false, limits, key, reason);
}

static const char *algorithm_name(int nid) {
    switch (nid) {
    case NID_X9_62_id_ecPublicKey: return "an elliptic-curve key";
    case NID_ED25519:
    case NID_ED448: return "an Ed25519 or Ed448 key";
    case NID_X25519:
    case NID_X448: return "a key for key agreement";
    case NID_dsa: return "a DSA key";
    case NID_rsaesOaep: return "an RSA key for encryption only";
    default: return "a key of another algorithm";
    }
}

/* RSASSA-PSS and RSAES-OAEP have identifiers of their own (RFC 4055), and a key under one may not sign RS256. */
static ss_status require_rsa(const X509_ALGOR *identifier, ss_reason *reason) {
    const ASN1_OBJECT *algorithm = NULL;
    int parameters = V_ASN1_UNDEF;
    X509_ALGOR_get0(&algorithm, &parameters, NULL, identifier);
    int nid = OBJ_obj2nid(algorithm);
    if (nid == NID_rsaEncryption) {
        /* RFC 3279 2.3.1 wants NULL; absent is a common mistake; anything else would be dropped in silence. */
        return parameters == V_ASN1_NULL || parameters == V_ASN1_UNDEF
                   ? SS_OK
                   : ss_fail(SS_INVALID, reason, "the RSA key's algorithm has parameters, and there are none for RSA");
    }
    if (nid == NID_rsassaPss) {
        return ss_fail(SS_UNSUPPORTED, reason, "the key is for RSASSA-PSS only, and RS256 is PKCS#1 v1.5");
    }
    char text[SS_REASON_CAPACITY];
    snprintf(text, sizeof text, "not an RSA key but %s: RS256 needs RSA, so make a key with `streamsign key generate`",
             algorithm_name(nid));
    return ss_fail(SS_UNSUPPORTED, reason, text);
}

static ss_status import_pkcs8(ss_bytes der, const ss_key_limits *limits, ss_rsa_key **key, ss_reason *reason) {
    const uint8_t *cursor = der.start;
    PKCS8_PRIV_KEY_INFO *info = d2i_PKCS8_PRIV_KEY_INFO(NULL, &cursor, (long)der.count);
    uint8_t *again = NULL;
    const X509_ALGOR *algorithm = NULL;
    ss_bytes inner = {NULL, 0};
    int inner_count = 0;
    ss_status status;
    if (info == NULL || PKCS8_pkey_get0(NULL, &inner.start, &inner_count, &algorithm, info) != 1) {
        status = ss_fail_openssl(SS_INVALID, reason, "not a private key in PKCS#8 DER");
    } else if (cursor != der.start + der.count) {
        status = ss_fail(SS_INVALID, reason, "there are bytes after the PKCS#8 private key");
    } else if (!reencodes(i2d_PKCS8_PRIV_KEY_INFO(info, &again), again, der)) {
        status = ss_fail(SS_INVALID, reason, "not a private key in PKCS#8 DER: it does not re-encode to the same bytes");
    } else if (version_of(der) != 0 && version_of(der) != 1) {
        /* RFC 5208 has version 0 and RFC 5958 adds 1. OpenSSL reads any number, and what another one means nobody knows. */
        status = ss_fail(SS_UNSUPPORTED, reason, "the PKCS#8 private key's version is neither 0 nor 1");
    } else {
        inner.count = (size_t)inner_count;
        status = require_rsa(algorithm, reason);
        if (status == SS_OK) {
            status = import_pkcs1_private(inner, limits, key, reason);
        }
    }
    PKCS8_PRIV_KEY_INFO_free(info);
    return status;
}

static ss_status import_spki(ss_bytes der, const ss_key_limits *limits, ss_rsa_key **key, ss_reason *reason) {
    const uint8_t *cursor = der.start;
    X509_PUBKEY *info = d2i_X509_PUBKEY(NULL, &cursor, (long)der.count);
    uint8_t *again = NULL;
    X509_ALGOR *algorithm = NULL;
    ss_bytes inner = {NULL, 0};
    int inner_count = 0;
    ss_status status;
    if (info == NULL || X509_PUBKEY_get0_param(NULL, &inner.start, &inner_count, &algorithm, info) != 1) {
        status = ss_fail_openssl(SS_INVALID, reason, "not a public key in SubjectPublicKeyInfo DER");
    } else if (cursor != der.start + der.count) {
        status = ss_fail(SS_INVALID, reason, "there are bytes after the public key");
    } else if (!reencodes(i2d_X509_PUBKEY(info, &again), again, der)) {
        status = ss_fail(SS_INVALID, reason, "not a public key in DER: it does not re-encode to the same bytes");
    } else {
        inner.count = (size_t)inner_count;
        status = require_rsa(algorithm, reason);
        if (status == SS_OK) {
            status = import_pkcs1_public(inner, limits, key, reason);
        }
    }
    X509_PUBKEY_free(info);
    return status;
}

ss_status ss_rsa_key_import_der(ss_encoding encoding, ss_bytes der, const ss_key_limits *limits, ss_rsa_key **key,
                                ss_reason *reason) {
    *key = NULL;
    if (der.count > SS_DER_MAX) {
        return ss_fail(SS_UNSUPPORTED, reason, "larger than any RSA key that is read: it has more than 16 KiB of DER");
    }
    switch (encoding) {
    case SS_PKCS1_PRIVATE: return import_pkcs1_private(der, limits, key, reason);
    case SS_PKCS8_PRIVATE: return import_pkcs8(der, limits, key, reason);
    case SS_PKCS1_PUBLIC: return import_pkcs1_public(der, limits, key, reason);
    case SS_SPKI_PUBLIC: return import_spki(der, limits, key, reason);
    }
    return ss_fail(SS_FAILED, reason, "unknown encoding");
}

ss_status ss_make_pkey(BIGNUM *const numbers[SS_COMPONENT_COUNT], bool is_private, EVP_PKEY **pkey, ss_reason *reason) {
    OSSL_PARAM_BLD *builder = OSSL_PARAM_BLD_new();
    OSSL_PARAM *parameters = NULL;
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_from_name(NULL, "RSA", NULL);
    bool built = builder != NULL && context != NULL;
    for (int i = 0; i < (is_private ? SS_COMPONENT_COUNT : SS_D) && built; i++) {
        built = OSSL_PARAM_BLD_push_BN(builder, ss_component_parameter((ss_component)i), numbers[i]) == 1;
    }
    built = built && (parameters = OSSL_PARAM_BLD_to_param(builder)) != NULL && EVP_PKEY_fromdata_init(context) == 1 &&
            EVP_PKEY_fromdata(context, pkey, is_private ? EVP_PKEY_KEYPAIR : EVP_PKEY_PUBLIC_KEY, parameters) == 1;
    OSSL_PARAM_free(parameters);
    OSSL_PARAM_BLD_free(builder);
    EVP_PKEY_CTX_free(context);
    return built ? SS_OK : ss_fail_openssl(SS_INVALID, reason, "the numbers make no RSA key");
}

static ss_status import_numbers(BIGNUM *numbers[SS_COMPONENT_COUNT], const ss_key_limits *limits, ss_rsa_key **key,
                                ss_reason *reason) {
    bool is_private = numbers[SS_D] != NULL;
    int crt = 0;
    for (int i = SS_P; i < SS_COMPONENT_COUNT; i++) {
        crt += numbers[i] != NULL;
    }
    if (crt != 0 && (crt != SS_COMPONENT_COUNT - SS_P || !is_private)) {
        return ss_fail(SS_INVALID, reason, "d, p, q, dp, dq and qi come together: one of them is missing");
    }
    /* Checked before OpenSSL computes with them, so that an absurd size costs nothing. */
    ss_status status = ss_check_public_numbers(numbers[SS_N], numbers[SS_E], limits, reason);
    if (status == SS_OK && is_private && crt == 0) {
        status = ss_recover_primes(numbers, reason);
    }
    if (status == SS_OK && is_private) {
        status = ss_check_private_numbers(numbers, reason);
    }
    EVP_PKEY *pkey = NULL;
    if (status == SS_OK) {
        status = ss_make_pkey(numbers, is_private, &pkey, reason);
    }
    return status == SS_OK ? ss_rsa_key_adopt_checked(pkey, is_private, limits, key, reason) : status;
}

ss_status ss_rsa_key_import_components(const ss_bytes components[SS_COMPONENT_COUNT], const ss_key_limits *limits,
                                       ss_rsa_key **key, ss_reason *reason) {
    BIGNUM *numbers[SS_COMPONENT_COUNT] = {NULL};
    ss_status status = SS_OK;
    *key = NULL;
    for (int i = 0; i < SS_COMPONENT_COUNT && status == SS_OK; i++) {
        if (components[i].start == NULL) {
            if (i <= SS_E) {
                status = ss_fail(SS_INVALID, reason, "an RSA key needs n and e");
            }
        } else if (components[i].count > SS_BITS_MAX / 8) {
            status = i == SS_N ? ss_check_size(SS_BITS_MAX + 1, limits, reason)
                               : ss_fail(SS_INVALID, reason, "a number of the RSA key is larger than its modulus can be");
        } else if ((numbers[i] = BN_secure_new()) == NULL ||
                   BN_bin2bn(components[i].start, (int)components[i].count, numbers[i]) == NULL) {
            status = ss_fail_openssl(SS_FAILED, reason, "out of memory");
        }
    }
    if (status == SS_OK) {
        status = import_numbers(numbers, limits, key, reason);
    }
    ss_free_numbers(numbers);
    return status;
}
