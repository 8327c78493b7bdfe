#include "CReferenceSigner.h"

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

struct reference_signer {
    EVP_PKEY *key;
};

reference_signer *reference_signer_new(const char *pem, size_t count) {
    static reference_signer signer;
    BIO *text = BIO_new_mem_buf(pem, (int)count);
    signer.key = text == NULL ? NULL : PEM_read_bio_PrivateKey(text, NULL, NULL, NULL);
    BIO_free(text);
    return signer.key == NULL ? NULL : &signer;
}

size_t reference_signer_sign(reference_signer *signer, const uint8_t *message, size_t count, uint8_t *signature,
                             size_t capacity) {
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    size_t size = capacity;
    if (context == NULL || EVP_DigestSignInit(context, NULL, EVP_sha256(), NULL, signer->key) != 1 ||
        EVP_DigestSign(context, signature, &size, message, count) != 1) {
        size = 0;
    }
    EVP_MD_CTX_free(context);
    return size;
}
