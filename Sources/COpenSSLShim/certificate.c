#include <openssl/x509.h>

#include "internal.h"

ss_status ss_certificate_strength(ss_bytes der, ss_strength *strength) {
    const uint8_t *next = der.start;
    if (der.count > SS_CERTIFICATE_MAX) return ss_fail(SS_UNSUPPORTED, NULL, "");
    X509 *certificate = d2i_X509(NULL, &next, (long)der.count);
    if (certificate == NULL) return ss_fail(SS_INVALID, NULL, "");
    int signature_security = 0;
    EVP_PKEY *key = X509_get0_pubkey(certificate);
    ss_status status = SS_INVALID;
    if (key != NULL && X509_get_signature_info(certificate, NULL, NULL, &signature_security, NULL) == 1) {
        *strength = (ss_strength){
            .key_bits = EVP_PKEY_get_bits(key),
            .key_security = EVP_PKEY_get_security_bits(key),
            .signature_security = signature_security,
        };
        status = SS_OK;
    }
    X509_free(certificate);
    return ss_fail(status, NULL, "");
}
