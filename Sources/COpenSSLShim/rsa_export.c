#include <openssl/crypto.h>
#include <openssl/x509.h>

#include "internal.h"

static ss_status encode_pkcs8(const ss_rsa_key *key, ss_buffer *der, ss_reason *reason) {
    PKCS8_PRIV_KEY_INFO *info = EVP_PKEY2PKCS8(key->pkey);
    int written = info == NULL ? -1 : i2d_PKCS8_PRIV_KEY_INFO(info, &der->start);
    PKCS8_PRIV_KEY_INFO_free(info);
    if (written <= 0) {
        return ss_fail_openssl(SS_FAILED, reason, "the key could not be written as PKCS#8");
    }
    der->count = (size_t)written;
    return SS_OK;
}

ss_status ss_rsa_key_export_der(const ss_rsa_key *key, ss_encoding encoding, ss_buffer *der, ss_reason *reason) {
    *der = (ss_buffer){NULL, 0};
    if (!key->is_private && (encoding == SS_PKCS1_PRIVATE || encoding == SS_PKCS8_PRIVATE)) {
        return ss_fail(SS_INVALID, reason, "a public key has no private half to write");
    }
    int written = -1;
    switch (encoding) {
    case SS_PKCS1_PRIVATE: return ss_write_pkcs1(key->pkey, true, der, reason);
    case SS_PKCS8_PRIVATE: return encode_pkcs8(key, der, reason);
    case SS_PKCS1_PUBLIC: return ss_write_pkcs1(key->pkey, false, der, reason);
    case SS_SPKI_PUBLIC: written = i2d_PUBKEY(key->pkey, &der->start); break;
    }
    if (written <= 0) {
        return ss_fail_openssl(SS_FAILED, reason, "the key could not be written");
    }
    der->count = (size_t)written;
    return SS_OK;
}

ss_status ss_rsa_key_export_component(const ss_rsa_key *key, ss_component component, ss_buffer *bytes, ss_reason *reason) {
    BIGNUM *number = NULL;
    ss_status status = SS_OK;
    *bytes = (ss_buffer){NULL, 0};
    if (!key->is_private && component >= SS_D) {
        return ss_fail(SS_INVALID, reason, "a public key has no private half to write");
    }
    if (EVP_PKEY_get_bn_param(key->pkey, ss_component_parameter(component), &number) != 1) {
        return ss_fail_openssl(SS_FAILED, reason, "the key lacks one of its numbers");
    }
    size_t count = (size_t)BN_num_bytes(number);
    bytes->start = OPENSSL_malloc(count == 0 ? 1 : count);
    if (bytes->start == NULL || BN_bn2bin(number, bytes->start) != (int)count) {
        status = ss_fail_openssl(SS_FAILED, reason, "out of memory");
    } else {
        bytes->count = count;
    }
    BN_clear_free(number);
    return status;
}
