/* Nothing is exposed to Swift: this target exists for its pkg-config flags. COpenSSLShim's C files include OpenSSL themselves. */
