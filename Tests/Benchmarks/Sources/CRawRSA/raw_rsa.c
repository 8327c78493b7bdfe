#include "CRawRSA.h"

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <stdbool.h>
#include <stdlib.h>

struct raw_rsa {
    EVP_PKEY *key;
    EVP_MD *sha256;
    EVP_MD_CTX *digest;
    EVP_PKEY_CTX *signing;
    EVP_PKEY_CTX *verifying;
};

static EVP_PKEY_CTX *context_new(raw_rsa *rsa, int (*initialise)(EVP_PKEY_CTX *)) {
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_from_pkey(NULL, rsa->key, NULL);
    if (context == NULL || initialise(context) != 1 ||
        EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PADDING) != 1 ||
        EVP_PKEY_CTX_set_signature_md(context, rsa->sha256) != 1) {
        EVP_PKEY_CTX_free(context);
        return NULL;
    }
    return context;
}

raw_rsa *raw_rsa_new(const char *pem, size_t count) {
    raw_rsa *rsa = calloc(1, sizeof *rsa);
    BIO *text = BIO_new_mem_buf(pem, (int)count);
    if (rsa == NULL || text == NULL) {
        BIO_free(text);
        free(rsa);
        return NULL;
    }
    rsa->key = PEM_read_bio_PrivateKey(text, NULL, NULL, NULL);
    BIO_free(text);
    rsa->sha256 = EVP_MD_fetch(NULL, "SHA256", NULL);
    rsa->digest = EVP_MD_CTX_new();
    if (rsa->key != NULL && rsa->sha256 != NULL && rsa->digest != NULL &&
        EVP_DigestInit_ex2(rsa->digest, rsa->sha256, NULL) == 1 &&
        (rsa->signing = context_new(rsa, EVP_PKEY_sign_init)) != NULL &&
        (rsa->verifying = context_new(rsa, EVP_PKEY_verify_init)) != NULL) {
        return rsa;
    }
    raw_rsa_free(rsa);
    return NULL;
}

void raw_rsa_free(raw_rsa *rsa) {
    if (rsa != NULL) {
        EVP_PKEY_CTX_free(rsa->verifying);
        EVP_PKEY_CTX_free(rsa->signing);
        EVP_MD_CTX_free(rsa->digest);
        EVP_MD_free(rsa->sha256);
        EVP_PKEY_free(rsa->key);
        free(rsa);
    }
}

size_t raw_rsa_signature_count(const raw_rsa *rsa) {
    return (size_t)EVP_PKEY_get_size(rsa->key);
}

/* The context keeps its method, so a NULL one is the cheapest way to begin again. */
static bool digest_message(raw_rsa *rsa, const uint8_t *message, size_t count, uint8_t digest[32]) {
    return EVP_DigestInit_ex2(rsa->digest, NULL, NULL) == 1 && EVP_DigestUpdate(rsa->digest, message, count) == 1 &&
           EVP_DigestFinal_ex(rsa->digest, digest, NULL) == 1;
}

size_t raw_rsa_sign(raw_rsa *rsa, const uint8_t *message, size_t count, uint8_t *signature, size_t times) {
    uint8_t digest[32];
    for (size_t done = 0; done < times; done++) {
        size_t size = raw_rsa_signature_count(rsa);
        if (!digest_message(rsa, message, count, digest) ||
            EVP_PKEY_sign(rsa->signing, signature, &size, digest, sizeof digest) != 1) {
            return done;
        }
    }
    return times;
}

size_t raw_rsa_verify(raw_rsa *rsa, const uint8_t *message, size_t count, const uint8_t *signature, size_t times) {
    uint8_t digest[32];
    size_t size = raw_rsa_signature_count(rsa);
    for (size_t done = 0; done < times; done++) {
        if (!digest_message(rsa, message, count, digest) ||
            EVP_PKEY_verify(rsa->verifying, signature, size, digest, sizeof digest) != 1) {
            return done;
        }
    }
    return times;
}
