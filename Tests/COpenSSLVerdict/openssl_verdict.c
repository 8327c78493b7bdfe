#include "COpenSSLVerdict.h"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

bool openssl_accepts(const void *key, size_t key_count, const void *message, size_t message_count, const void *signature,
                     size_t signature_count) {
    const unsigned char *cursor = key;
    EVP_PKEY *pkey = d2i_PUBKEY(NULL, &cursor, (long)key_count);
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    bool accepts = pkey != NULL && context != NULL && EVP_DigestVerifyInit(context, NULL, EVP_sha256(), NULL, pkey) == 1 &&
                   EVP_DigestVerify(context, signature, signature_count, message, message_count) == 1;
    EVP_MD_CTX_free(context);
    EVP_PKEY_free(pkey);
    ERR_clear_error();
    return accepts;
}
