/// Two RSA keys made once with `openssl genrsa -traditional 2048`, which anyone can read here. They protect
/// nothing: a scanner for leaked secrets may ignore them.
///
/// The ids have Stream's form and begin with `7e57`, so that a token of theirs is recognised wherever it turns up.
enum PublicTestKeyText {
    static let firstID = "7e570000000000000000000000000001"
    static let first = """
        -----BEGIN RSA PRIVATE KEY-----
        MIIEoQIBAAKCAQEAvo3WGBmzepG77x9bVoKIzUZeMvj4lzivsfbqv7FQQNEqlfi/
        mDMMogLRPobvQbpXQl+Y7mMhyKvhz5hg0E85uXczbC937sOUqhU1cCbVHl84Hvee
        mE7qUGTi67/hF3CL7D8NyI2WHMygJJIy+CXgFR2F5lJdT11ReCJA6IhU4O1LL0Qr
        zHq5n2RZcKruagoAO8fRhlpuugl5JYUF+XVRXJ55W9cvco3hVwGy8XkviE3sZsFT
        mX/G/MUiWh5LtEWxa7cJ8fdIGq0ui873nMDjH9+wnsMS4T2zU+VMfheyquxmK5Jt
        4vYdLS83zz2hoQequOWieQ2+qdyZQhJx5psrqQIDAQABAoH/C7kuMs1h/Wh553xG
        Ykwlnnt10C0BHkyegpRuXNzL0zELLa7gGr0JSe5icTZcAe807yByiDgRHAd3HQ6C
        5k35fy+WOlGxTz85Jj2ny/6Xnga9rSoO19ADGm8ahuaHMqn58c7vSidr1NnCAH3+
        JMYvwxzN4B2xH/Dd0kZJOAUrM6tKVjQ4Uurm2jZBX6cSviAte5AQ7KeDvifTYT7f
        0Ar++z4q0ohoMAgMOXyKpVfC+drKzWD0+nbfLrzNbvmj5csPBsvEdZIIiiU62fBx
        R420q/ny1i8gUHjQCiFMfSkalkyhZiMUgnszlo4BZmMIRQnmPTBMBovUNy0v/KuP
        vbuhAoGBAPjLqWfrBA15AkZ+wzShyWPLS7b3tIYedkChS8HCsIxIrWjtoM41JdL2
        xRTygcLOSv+FeT9w8SpHW80JBotIzdtMB+6y7IyKZtEG7DLZnvkAlP2dutsI/EO9
        FTyzY32g8zScn0eZPCFMJ/z7SrghuOqCYF28gUYEpffMD5IuqLoRAoGBAMQSbSTz
        i2KusZemMbt74GHKCYh6z4jBcZl2381s8IOqeM5atK7tIzbp1sR6wAoVlOpUWC7c
        oU0dSRGFeBPB4jJzUO52gLGlv/PryazjtHCeXQ9wp0wwDpwZxn+iutONlCIlA75Q
        2x9StHBj6+Ljvcfj0ePLScGY7xCUxSItEQAZAoGAXoAVN6iX4HovOBGcGdi+Aw7M
        EpJh2nOlnQTnHpDRuGc+ntVruAeN92TOFRfL2++5ovbSyBshL1rtbqLX/n3H2100
        wiDqIrPLO+gyPVpVvOTQssh/mgT+tMgUUfsddjF1T22SPoLgyREBO2FDz07XyxN8
        gP5B6BOJ6uZyn6bjZdECgYBzaelHM/jbOLue6ZwioRN+XH/qD2h0NnIZBKlOcY7N
        4h3EUg5DXaE55MGf3CWIihWjLczOoN5t1ww4vRjmgF0Wl1yPUcAFUezAtw16sHp5
        RC7BNO21YiBncKCwZuiUOKV2x9UBRPUG5hcChT7HyojezdKxxOsAg3ZNi1TS/jYg
        mQKBgQD2PhEq+IQWyqBtXxxhWqOio0r0pPAqe7+N7decmyv5EJrEQv8Ix7qEF+Ul
        PoKcDj0QkZMexbknB7wRJ7vGSxm7Tqs+m2azI7juRMB4ZczKbeGUfl3fHuZTA70b
        ZDBPBzViGvTRQoLwT0dkI+VeuJQGSI7Di1vZKemft8od83ga7g==
        -----END RSA PRIVATE KEY-----
        """

    static let secondID = "7e570000000000000000000000000002"
    static let second = """
        -----BEGIN RSA PRIVATE KEY-----
        MIIEogIBAAKCAQEAsd3gPC51Tbwnuh7K1CcpOHCCNiVRO42es26GzbuJ1S6A0sMo
        6cRVJVb+aWRpz2Ggq6zW245DFir8Apa+x54n4yWE73trLZmMcw1FtAnfn895TN8U
        fQ907c6eOYLow+F3eQJ+PzEmR56XAdlMRK4v/uGNFI+LqwlOCyz9ERZvu2BJVHjt
        54C61CogrCcgcU8/tIKXFLQV+wjIkJowJrtk6i6fG9F19DsRYfs54tzq+l0puy2j
        WQhbWYR0hldtwQug9urOKAvSZ8IOI6DwGaPHfZnOgUHk07OVNazFOXRvGVu2KSJD
        NvMZyyMa/P4VjlwlYAgtiyk3YCeLH+GIs+b4NwIDAQABAoIBABUUBKtNHCSirBiP
        5px+qZFhL+UnxfknPsvnyLzfwSVM1gJkE1ikpix/IzYtKqbjXG2L1Yh+Uu/xFx1d
        bO1uDi8KdrcEqr5kKHNH+t8rnl8rcKYN97kcWFCIQFLzcw8njIeAJqLpea5aGm4j
        KLko5VIwu43YtwYFW8TSR4k7XfFX9KxsK1OfV8K4/RSrFgMk8vDl7ZbPs0oZMmFm
        tVAbJo2kmCEMyv+JREhORODoEalueL3AeTIhebJFaC5DGtx8E41vyFOqMAkxKwac
        Da6uotBdHf977VXdoeT1R37UpON/XyNC5m84NQYDn/wYDzweqDDFmumXNPVdgnfJ
        egePvc0CgYEA3XG7+QD9iRXafK6NTD4fcB/36dgWKEfysLLrUX/TDzQtJZEP/PBi
        1JV4989iQP8uU/3/ABVhOmzpueCNUmwrg5heFZeVvr//Bj/Mn9VMPfFNj2g3seb5
        X2zALUg1TeL2s/w9mIHLH3VftkxAEO1QGZXJQPZcA0PdA9dBFkh+gv0CgYEAzZ9N
        iV5XLWPnhRVgpnUcuRayYUSNHVHl50KX9DtWRkqgfcoUFzBvAxRyZbPKvjyCZ5KF
        rQSCImY/YFNw12TMVhSFtTQzLHJffqBvjil3pHpinaVthQYLFyj8iD+xFsJCtP2C
        TTC1uSlkMukSr9QGx0OiqUyYHdNlg28P9rYscEMCgYBCyai94xSUoeixrhujoSDu
        OlYVSzzzjS+fJ3ddr0XC0iPDrsq5qO7F2wcPBpdFrzET2AluxwP6ERs1GorFDybY
        m73UmVFqpJGQGvHmSvihvgN8exxBJb6Uj0Iu5hZdlVR+2FbjhlHy/P2PB9RSxqBf
        9xMp6qO5wGAKZoOU6uxtKQKBgDvx70bW7A9disdvngepKMCE72gP9hvQHng3H9mh
        2tsPMo65dPX1tsdtFJS1v6uKNHJBcxsnr1CcAmnwqXsB9dg6j2huWWThyxk9aIhH
        aovW6h0Pd0hKpL0Rw91sxBHgfFYLegtK4g+jE4UMEdiUtY0uGKPGoqo/UN7qZ/sC
        zR3FAoGAOZ2kxJCFJiqwseXhjde4Ef+ah9s2ATtxM8EFDS2JmK4dIO66XfHh6Tn6
        HNwgEYB0cMraSxCATrgspk1nP+9XVBfW+aMRCLOHO4gVuIJtba86nl9q3IF1tEfN
        oj2QIB+k/Zu3hI0zpuWeuJ8wZPRuXESpPQaYmGZ7dA+b5v9kOKU=
        -----END RSA PRIVATE KEY-----
        """
}
