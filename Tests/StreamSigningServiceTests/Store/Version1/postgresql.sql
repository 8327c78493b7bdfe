SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;
-- Name: streamsign; Type: SCHEMA; Schema: -; Owner: -
CREATE SCHEMA streamsign;
-- Name: refuse_change(); Type: FUNCTION; Schema: streamsign; Owner: -
CREATE FUNCTION streamsign.refuse_change() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
    BEGIN
        RAISE EXCEPTION 'the audit log is only ever added to' USING ERRCODE = 'raise_exception';
    END
$$;
SET default_tablespace = '';
SET default_table_access_method = heap;
-- Name: audit_event; Type: TABLE; Schema: streamsign; Owner: -
CREATE TABLE streamsign.audit_event (
    sequence bigint NOT NULL,
    version smallint DEFAULT 1 NOT NULL,
    "time" bigint NOT NULL,
    action text NOT NULL COLLATE pg_catalog."C",
    account text COLLATE pg_catalog."C",
    subject text COLLATE pg_catalog."C",
    actor text NOT NULL COLLATE pg_catalog."C",
    address text COLLATE pg_catalog."C",
    digest bytea NOT NULL
);
-- Name: credential; Type: TABLE; Schema: streamsign; Owner: -
CREATE TABLE streamsign.credential (
    "position" bigint NOT NULL,
    version smallint DEFAULT 1 NOT NULL,
    id text NOT NULL COLLATE pg_catalog."C",
    account text NOT NULL COLLATE pg_catalog."C",
    role text NOT NULL COLLATE pg_catalog."C",
    hash bytea NOT NULL,
    created bigint NOT NULL,
    revoked bigint
);
-- Name: key_change; Type: TABLE; Schema: streamsign; Owner: -
CREATE TABLE streamsign.key_change (
    number bigint NOT NULL,
    version smallint DEFAULT 1 NOT NULL,
    kind text NOT NULL COLLATE pg_catalog."C",
    key bigint NOT NULL
);
-- Name: migration; Type: TABLE; Schema: streamsign; Owner: -
CREATE TABLE streamsign.migration (
    number bigint NOT NULL,
    name text NOT NULL,
    applied timestamp with time zone DEFAULT now() NOT NULL
);
-- Name: node; Type: TABLE; Schema: streamsign; Owner: -
CREATE TABLE streamsign.node (
    name text NOT NULL COLLATE pg_catalog."C",
    version smallint DEFAULT 1 NOT NULL,
    confirmed bigint NOT NULL,
    seen timestamp with time zone NOT NULL,
    expires timestamp with time zone NOT NULL
)
WITH (fillfactor='50');
-- Name: signing_key; Type: TABLE; Schema: streamsign; Owner: -
CREATE TABLE streamsign.signing_key (
    "position" bigint NOT NULL,
    version smallint DEFAULT 1 NOT NULL,
    id text NOT NULL COLLATE pg_catalog."C",
    account text NOT NULL COLLATE pg_catalog."C",
    thumbprint bytea NOT NULL,
    public_key bytea NOT NULL,
    origin text NOT NULL COLLATE pg_catalog."C",
    created bigint NOT NULL,
    revoked bigint,
    sealed bytea,
    CONSTRAINT signing_key_check CHECK (((sealed IS NULL) OR ((origin = 'service'::text) AND (revoked IS NULL))))
);
-- Name: store_state; Type: TABLE; Schema: streamsign; Owner: -
CREATE TABLE streamsign.store_state (
    only_row boolean DEFAULT true NOT NULL,
    change_number bigint NOT NULL,
    audit_sequence bigint NOT NULL,
    audit_digest bytea NOT NULL,
    credential_revision bigint NOT NULL,
    master_key text COLLATE pg_catalog."C",
    CONSTRAINT store_state_only_row_check CHECK (only_row)
)
WITH (fillfactor='10');
-- Data for Name: audit_event; Type: TABLE DATA; Schema: streamsign; Owner: -
INSERT INTO streamsign.audit_event VALUES (1, 1, 1795885283070919, 'credential.created', 'first', 'f36796303160ad53', 'cli', NULL, '\x8f229810b78f8984ce2b632046648483772be8f1c02bab32e160433a6d39dec1');
INSERT INTO streamsign.audit_event VALUES (2, 1, 1795885283090042, 'credential.created', 'second', '9fac9cdeeb39b66e', 'cli', NULL, '\x682f4e71e27164d8f1b66b9db41f88a302d648ee49111faf772525c02361237d');
INSERT INTO streamsign.audit_event VALUES (3, 1, 1795885283108720, 'credential.created', 'second', '46c0c10357a65ee1', 'cli', NULL, '\x6a4f8a8ac8a3ac2d8ab5c5070e020834d6d846e899303c7f7a706d39ee10a78c');
INSERT INTO streamsign.audit_event VALUES (4, 1, 1795885283127557, 'credential.created', '-', '3f04b6f14ea1f9a7', 'cli', NULL, '\x1796e11c9440e506c642509ff4ac799997d70d31eb4c15170bc89c0f61736235');
INSERT INTO streamsign.audit_event VALUES (5, 1, 1795885283153683, 'master_key.created', NULL, 'f5a112b3f08928c8', 'service', NULL, '\xc5b28380b4d00090152f08dfd758544e6de160cf8a78ea691881f6efd56fd72e');
INSERT INTO streamsign.audit_event VALUES (6, 1, 1795885283570112, 'key.created', 'first', '1a721d092656e9e6841a09809b93e505', 'f36796303160ad53', '127.0.0.1', '\x01f459b286a47926905311f7c64d78bb51f0f7c29ef42d62d3dd0fec5153d8e9');
INSERT INTO streamsign.audit_event VALUES (7, 1, 1795885283606502, 'key.created', 'first', '17b43dba86bd467960c1f592258dcbde', 'f36796303160ad53', '127.0.0.1', '\x2bab943ff4cebb5bda48f9b50d3574ce828db2c514513c61ff6a11a5602e7973');
INSERT INTO streamsign.audit_event VALUES (8, 1, 1795885283645039, 'key.imported', 'first', 'e057b78e38f05d90d624f306712abd3e', 'f36796303160ad53', '127.0.0.1', '\xc1ea9e4d19ce2efd0c6c2b3700e20ccfffa591ee62b37ad27ffc52a714b531a6');
INSERT INTO streamsign.audit_event VALUES (9, 1, 1795885283677497, 'key.deleted', 'first', '1a721d092656e9e6841a09809b93e505', 'f36796303160ad53', '127.0.0.1', '\xb47664d51cd00440ca9b9681cfb09fb493fce768bc0f82032f481466b6b11a43');
INSERT INTO streamsign.audit_event VALUES (10, 1, 1795885283911441, 'service_key.created', 'first', '79da763d0aa7bfd465e22a37f752db76', 'service', NULL, '\xd22c405831645740c6a838b111d479a4e77fffe056fd5f31a6038d4e2e895557');
INSERT INTO streamsign.audit_event VALUES (11, 1, 1795885283942819, 'key.created', 'second', 'efb652a454d32500a4939d30f0096313', '9fac9cdeeb39b66e', '127.0.0.1', '\x2ef6322e8a48dc8bb4143a7dc2fb11460a8ee1104102ed69856b6761e6145033');
INSERT INTO streamsign.audit_event VALUES (12, 1, 1795885284220002, 'key.created', 'second', '8bd1aa800e546332d9cec3447114115d', '9fac9cdeeb39b66e', '127.0.0.1', '\xf1837b28ccbe0b9e582e621218002ffce008f477cb6dac70e49cea3bd8f5cd5c');
INSERT INTO streamsign.audit_event VALUES (13, 1, 1795885284605261, 'key.imported', 'second', 'aceffafe5969774d7408d6317a3c2956', '9fac9cdeeb39b66e', '127.0.0.1', '\x40846affdea2d2b00da571fd4d1e1fff099387d9bebf2f20814ef7217534e7df');
INSERT INTO streamsign.audit_event VALUES (14, 1, 1795885284618360, 'key.deleted', 'second', 'efb652a454d32500a4939d30f0096313', '9fac9cdeeb39b66e', '127.0.0.1', '\x4906aa17079c9ddd14959bad5687d961d6caee24fa9a5265cace92ba67683acd');
INSERT INTO streamsign.audit_event VALUES (15, 1, 1795885284628598, 'service_key.created', 'second', '4a3a49b6cae52b8beb4132b31b9432b0', 'service', NULL, '\x5022acbfe9c385321aa42c76e9e1dc01f18ec59933b58f58b6f7b61fce365038');
INSERT INTO streamsign.audit_event VALUES (16, 1, 1795885284656192, 'key.deleted', 'second', '4a3a49b6cae52b8beb4132b31b9432b0', '9fac9cdeeb39b66e', '127.0.0.1', '\x90a9be0b2aed96c4c5aeba5c246469e926b3b5188a277ffc1b1d69f7f772cf78');
INSERT INTO streamsign.audit_event VALUES (17, 1, 1795885284674488, 'service_key.created', 'second', '4d474e10311d9d476714f4a0b0257400', 'service', NULL, '\xa2dd907e0817fbd267db319da83a6e5edb91cc5f4a9ab7636d89a3b63b13812a');
INSERT INTO streamsign.audit_event VALUES (18, 1, 1795885284805665, 'credential.revoked', 'second', '46c0c10357a65ee1', 'cli', NULL, '\xc98c526e35d49eca0fca2131964a05580c2a4099000cd56190a0898318b2073d');
INSERT INTO streamsign.audit_event VALUES (19, 1, 1795885284822183, 'master_key.rotated', NULL, NULL, 'cli', NULL, '\xf5f058e2dc9906afb223e932e1c20b515496216bd15b78ab15048984d4205290');
INSERT INTO streamsign.audit_event VALUES (20, 1, 1795885284996710, 'credential.created', 'third', '2ab08af5a5c16d1c', 'cli', NULL, '\x2001384652d4354a53c7a12f4dc42620f641a171d812a516ea94b76718409c46');
INSERT INTO streamsign.audit_event VALUES (21, 1, 1795885285367923, 'key.created', 'third', '52808c1194f850d10fc6f87f387608e8', '2ab08af5a5c16d1c', '127.0.0.1', '\x45292c95c3074952a1312f1be37ab2bfe46a2de004b327857772ce827e0ebc04');
INSERT INTO streamsign.audit_event VALUES (22, 1, 1795885285404930, 'key.created', 'third', 'ea2c6c3fe5d067313a483e04b5acd8aa', '2ab08af5a5c16d1c', '127.0.0.1', '\x34afd358bc9fe9eeb5dd5d5d7aeecbd4cefaa573354a1cc9d2d1e5a0c292360b');
INSERT INTO streamsign.audit_event VALUES (23, 1, 1795885285606437, 'key.imported', 'third', '3433bf3f4d02dd405019051ac285b4f0', '2ab08af5a5c16d1c', '127.0.0.1', '\x67130b1e31a6da1ba9321a05bc0d2ecf2217569fc3007e6b473b66faf053cf6f');
INSERT INTO streamsign.audit_event VALUES (24, 1, 1795885285626011, 'key.deleted', 'third', '52808c1194f850d10fc6f87f387608e8', '2ab08af5a5c16d1c', '127.0.0.1', '\x12c11ff7d23020408c665f2b676889f8a76f6fd18684618892b64dd52916948c');
INSERT INTO streamsign.audit_event VALUES (25, 1, 1795885285646264, 'service_key.created', 'third', '1f75b4e34187a11b87096ef2e3e29324', 'service', NULL, '\xd87e6681f2fa302894766dd9b1ef882b2daf1cd4d60eb33943fe65d8149d04f2');
INSERT INTO streamsign.audit_event VALUES (26, 1, 1795885285698657, 'key.deleted', 'first', '17b43dba86bd467960c1f592258dcbde', 'f36796303160ad53', '127.0.0.1', '\x691423d39c57115bfd9ebd6438871e40f4fedbcb928a7f6f32f6d85e0a53a960');
-- Data for Name: credential; Type: TABLE DATA; Schema: streamsign; Owner: -
INSERT INTO streamsign.credential VALUES (1, 1, 'f36796303160ad53', 'first', 'write', '\xb4c52fe0f325133bbda7218d1f687b6330fb1fd9e30f227690aa7f1536aef154', 1795885283070919, NULL);
INSERT INTO streamsign.credential VALUES (2, 1, '9fac9cdeeb39b66e', 'second', 'write', '\xe89d7c98f335a7f27910f99cac618252c7f6a15007c076c07ce0a44ea938ec9a', 1795885283090042, NULL);
INSERT INTO streamsign.credential VALUES (3, 1, '46c0c10357a65ee1', 'second', 'read', '\xd6988b55d1ea97d15bf6c04a63d060e5cb0110d541f6684b016c4fa87c786e6f', 1795885283108720, 1795885284805665);
INSERT INTO streamsign.credential VALUES (4, 1, '3f04b6f14ea1f9a7', '-', 'feed', '\x735ef4a8a9003d9db2619032030825c6c00cc33d0dfd1b6dd008d97a61191ecf', 1795885283127557, NULL);
INSERT INTO streamsign.credential VALUES (6, 1, '2ab08af5a5c16d1c', 'third', 'write', '\x646e9adbb4fea1b285c2ee5c589853abc71dee554bdee44518c9fb54d5ae4cbe', 1795885284996710, NULL);
-- Data for Name: key_change; Type: TABLE DATA; Schema: streamsign; Owner: -
INSERT INTO streamsign.key_change VALUES (1, 1, 'added', 1);
INSERT INTO streamsign.key_change VALUES (2, 1, 'added', 2);
INSERT INTO streamsign.key_change VALUES (3, 1, 'added', 3);
INSERT INTO streamsign.key_change VALUES (4, 1, 'revoked', 1);
INSERT INTO streamsign.key_change VALUES (5, 1, 'added', 5);
INSERT INTO streamsign.key_change VALUES (6, 1, 'added', 6);
INSERT INTO streamsign.key_change VALUES (7, 1, 'added', 7);
INSERT INTO streamsign.key_change VALUES (8, 1, 'added', 8);
INSERT INTO streamsign.key_change VALUES (9, 1, 'revoked', 6);
INSERT INTO streamsign.key_change VALUES (10, 1, 'added', 10);
INSERT INTO streamsign.key_change VALUES (11, 1, 'revoked', 10);
INSERT INTO streamsign.key_change VALUES (12, 1, 'added', 12);
INSERT INTO streamsign.key_change VALUES (13, 1, 'added', 13);
INSERT INTO streamsign.key_change VALUES (14, 1, 'added', 14);
INSERT INTO streamsign.key_change VALUES (15, 1, 'added', 15);
INSERT INTO streamsign.key_change VALUES (16, 1, 'revoked', 13);
INSERT INTO streamsign.key_change VALUES (17, 1, 'added', 17);
INSERT INTO streamsign.key_change VALUES (18, 1, 'revoked', 2);
-- Data for Name: migration; Type: TABLE DATA; Schema: streamsign; Owner: -
INSERT INTO streamsign.migration VALUES (1, 'keys, credentials, audit, nodes', '2026-11-28 17:01:24.916369+00');
-- Data for Name: node; Type: TABLE DATA; Schema: streamsign; Owner: -
-- Data for Name: signing_key; Type: TABLE DATA; Schema: streamsign; Owner: -
INSERT INTO streamsign.signing_key VALUES (1, 1, '1a721d092656e9e6841a09809b93e505', 'first', '\x43c4d2ec4fd8b2ff3ad98ce0b8088983a3c0dcbfe7b18541863e882d3e1f7dde', '\x3082010a0282010100b248b56375cd9b4c629b3a15a9b14f2f2c193a947a7e939c307b777a0244391a44d5d81caac33a6c482eeefafe2b824702a546fe10c2a1fb72e65c6ecc6129e30f520d44f9a38cdfece4d8406efb1924960df3cceb58a1720e591954859b4d7630b4f1ea38ce758c01629358e26f6b13221c1c4aaf78bb5d0e026a5b8bcfb128d7630ff1cf9ae9bac434e242c1fb38a552d4d0e7252809139356806fc6a79ca13bc1178c15b05c6f3bd787de3f7c1a9050c6f12c25583cca123404bd9736abb788b730d1810dbf74886d4c69c70ecb306828eafd7108096f83caf4e7d07ac793705131731b630492d39e778bf0db0ad0f442074301a2a543e52597cf8e550e890203010001', 'created', 1795885283570112, 1795885283677497, NULL);
INSERT INTO streamsign.signing_key VALUES (3, 1, 'e057b78e38f05d90d624f306712abd3e', 'first', '\x760157effe09d087415921241b6da2fd28e315d4c282c1d61d774f0e532fbb7a', '\x3082010a0282010100ae309f46e42396ceac6c1fb58773de82c8b8bf65ce9421f6b2338f8c242ecc4f7b58c0e58660b5e1110e7bf9b22b8a46d8dec95c92a5476864f48a6b6f86eb33087c7cd8ea72b74d580cce652064d4935603d97ab6c76c0fe921b93faaabd5368d010be9b9ebf32411230dbb661b2318e9ae122271e06ae0f30fad5c2949340534367d078d82ff77eb69679493aabb494dfbfa7cd1715fff15c96c04419f9caa3ab0cb1759d510a6e8904a9b81fd93b782ddfb9c053e1d379f88c69327831c964de4f5d1b344c747dc929bea122f7b15fa084423c1c4743e99d1ae1ea254470f8d72d736953958b4c912b23a3e6b58462780bddcdcb90267aa6d0f613cfaf9cb0203010001', 'imported', 1795885283645039, NULL, NULL);
INSERT INTO streamsign.signing_key VALUES (5, 1, '79da763d0aa7bfd465e22a37f752db76', 'first', '\xf8399006925b7ab1f2bd5ce05ec93b85880897e17195f9319d10ea1852d661cf', '\x3082010a0282010100ab7a9b6c8756ede80d082485ac4b4e2fbc8a801f33b6198158011385868069691f11c6a4e45b55bc92309d16a8a60f90cfb072375be3e46275670c4f2964a09abbe0f81764d490115f2eaa90f868d57da9fefcf8bc75cf7ca1bf75cefdec425075642381a0f3121446063dfc50332d3bf3071a8f9aaf0580c4b89800e642d6cc388f7c654e5fa9e4995db19adb24d3a55e7481bc7eb72a2f4181353d01b6f4f2ad0a5487f3a2741223f6c83dc281187d2b76c32a94b2f5184b6c5cd1b054d7eadc7454b9117a225e6e069af309a8ee59f67f713dec0946fe9d834164d6f4f9f1750fffdcf06b66346d7406b3aef3bf90133a8bdac22e650cf27d991914e2aef90203010001', 'service', 1795885283911441, NULL, '\x69db65d11e2a87bfe4a796540a46732c97228752f6b08ca8f9517e3d06155a173ccefc176b2ded3fdab36d741510e45a16d34f7ab8a4c9ac50d86500ff7877bf6a7b662931afd2a61a40ea2e23a2a62653b1c7f68097162b15aeeae8da9c8c6e1256f7970a3d4a5b121763edbb9a13d9a406b7e0ee034f4786819522d3e65f4646055784ca615370d3d75db07165089b4007cd56d00560a2f97ea4dc54c83a8abcb8dc70725037825dc1dabb2f5814f3a5cad3de527635d84abb16516553be44ed4eb82dd3928adb03d02522c07ca64ed69945bd81a4707830be9b22a28e5d0fa3fdb23b9360fd65b124f3ccd2e7c82fdac31c405b4519ac5c9084978b00b0dae8b8385e77adddbd4cc3d9adaeec4a0832d773c3d971c9421195a5dfe20ab9fe4a4f73e4b9295d53a008e5ccc43a6b79836fa40973d0c8768fbc0c17ff34381c1e8dfb9c7f40de56ef75514c44fed02989e8bb4c2780d41721e45fa17f80f26db8663dd20e6c92bc57530bd839d3675ab953d47b319ae7941f7335d3e893cf48f3477c9337c28c25de6a016e0d30daa4d21c208d9635461d3c1f4814ead9a39f4b389d4ed9e40c20ba718154be2f6f532c1aa219937920aadbf37a41887b233272bbe7aeaea461bc7fbca077baa409544c60e33c59d5e654eff39f97c426e3f30f24449d788a7719fc0cbf55235d5c81ecfff5e0027c85e4c606cf8d0fcb2afcfa7595c64ad740fa396f25b0828f756fa7bf58a62b989393726b18ec0a5a627f5af898c11f9ff81b5d1c716d225cd893a2823a94c52bd919feea9ea3ce43da41b2f37c383563d59121a5214851d6828271e6eeaeaf697addbb344b8b4902577636a6cb3f5c5a082f1313dc5dd3b62c2f03e70ed144dd45885966afa85c0f88d394f4971824d936309e31f249e3f9b502332fd141bf58390fdbb0812dc69adf37b91638a2642e303bdcb3fa84e8e7475db100846920601de41c3a0096b67055533aa17b28b4760887e72f97d1e2b2816d03114528bcecce3805bb4a2a6c9e7557fe6b618e5f65505db8d96c63ae6211f350ff8a715f62421994f3473d1bdef5308a7b7b2e140d252a36322420ac0002437c0c1abcb9fa628eb813e48678bf6c05e66aa16f27afca9954cd86150665f8051da9ae502f7bdae71f8405a9493619c0a0195e7970b8d72fd4efd2e165131cb04152ce244ad42f4cd9bac2b4f553e5e0626493c9079fb8c93bee0a62b056ce28141716b2171898bc7dd43ba3e57db1b4af0b91a6a9244f92e15b8697750bc0e1ed056fb10d50433561510dcba897f943410e7df731254c83f132dfaff6b1a6535e1d1574efe71b9a9f6e540a6b33a1ea4d08ba58c09b0632b5dd243f531233add8f0353873f39303e02d139df3fe2b51af50da3cfced8fd633abac598e56c53964b8ede51fef7e50676707de8ae1a46a59e3e53d6a1f9abc1868d4c8410b0229f123d5deef48904c21143cb20a8428ad19f84492030f160d5576a4ab4cf2604ef355ca8e8d1159d3ba1a222d166de5b93d8245015d3924f2705a44df27aae3b1ebe1f9f7c4c2b3cc2a65624336f22f6c8d40741543e68a6a11babce3c5e126637039499cad096de4c04c5cf2aad82707e4d65199eea2005fb9ffd7c235465bccfa528eb9943234498b067467df58c3ea573e21a1ec5892a84df3c3959d6de3383a4dbf098d5d439362d61fc502d9b3372413');
INSERT INTO streamsign.signing_key VALUES (6, 1, 'efb652a454d32500a4939d30f0096313', 'second', '\x16dec58fb5fac94816a7ba6bb33e48181e688eb31ec3f88a3a7493749022cad6', '\x3082010a0282010100c6e4c1354a080676d31a9719922c1f50d556a9cfc222f0638dabc83d7beb29bd43e3f064c95ad30b939608b709f8138772c268c2adf411ea26d287908243af65308da7987dfde09e4ca64f21e58cb285ea225b35a5bc81e2c522f2274f393abc1c2b7dc3da6c4c805a8e4087527ee2fdeac6acd65ee1215e51dad7a26c168d04f10bf15b65c98512364d3333b76d67fabc60a914f5d1c2c3322616ba72e3d80cbe38a819676183e96379513bebd456bef1b5e8fc8602891b150f86204b3a9c0cef71834cd585e0c3383bccd923ab36ebb6111f659f84867a48d4462e27f8ba66de871faf63d5e642b9b38c77ce3737f76c0c6ae20506ee31e920ab40398459730203010001', 'created', 1795885283942819, 1795885284618360, NULL);
INSERT INTO streamsign.signing_key VALUES (7, 1, '8bd1aa800e546332d9cec3447114115d', 'second', '\xbbe76fafce13ea2e833c55ff9494204064c8c1fba26e98e856c5db9f960f9a9b', '\x3082010a0282010100dd53cd43c339ef809054bac26c63bc3d1a18f62729f43f2e7217c4a3b65faf328941dd86e5faf0f9920d5328d842604315dfdd758edeb9b4a0ddc73b2fa77221eca8134f0cee882d34f28f3f075270c467f3c47a7c9adf9310d2853f8252505eec803711a03f110b0f6cf17069c6bdf97b570db1ceb5a0ee474b0a048c170950a0c4838ee7eba3f5c373c3a94e820c6d70b9221c71d271f04d4f55bbb528c1753e0f02790f88c57d8324c497cb1f0ba273094b652f20fc857c298239c19ffc6b6b987061011a4664d0d38999896a9b915f04aaaf72c7bd526cb323fc40910c89e9484fb30ccfe344a9adc0b5dd849aeaa42093b4aad58d28b047471998e1d16f0203010001', 'created', 1795885284220002, NULL, NULL);
INSERT INTO streamsign.signing_key VALUES (8, 1, 'aceffafe5969774d7408d6317a3c2956', 'second', '\x45b7448570ae44341b1baa1ea126a348709ee48bc50faeb4cf4f632199fd0aff', '\x3082010a0282010100b1c1c8d10706fbeddd64e51306bbad71163afb6722e1cf8d6041fd794065dd1b7e65ae1767d44ea72e88723da147aa72c8a396332ad41c01da23111e1fb8b0686e557efe3a4ab9f5e4118a92b2575fbe68bea630db764be80d557a02dbeebf3f6d18422f6fdb712799619992da30ebe4edc99894641db3347c1a177b00e60071895103341bdff2534dbdad1d05cf14175ed18fcf868dad08ae00e359b4db57cc9dec01d3cffaaf6ebcd94f9025ed91705b06c571ea4bb6cb31e7f19389c403786b9ac84ab3227561941c52c9c52e709c6ba58e2d5bbced091e10768ba4d47a785191ed2b87fa7d073f497215e4789343429277180af32c70c7822d9be5fde3c90203010001', 'imported', 1795885284605261, NULL, NULL);
INSERT INTO streamsign.signing_key VALUES (10, 1, '4a3a49b6cae52b8beb4132b31b9432b0', 'second', '\x328903dc4708630aab4c63d293713bdf0a838395ce3c887c4ff17f268dd07607', '\x3082010a0282010100bc8bb23c2146f4823626baeafee5e3ab52ec1f537fa5e885d237f8a1730b9a956a6ef1f9d97ec714704c1324e681fe11de3fa33244ca0887534dd2404e38a83321e9e586e48040a7269904dc19787b37203f3ef304c176fc80520c5ae16dcd78705b7a4b3a6b125bb08a1c5c7ce35c829758839457bcdc47a4a956a6d665cb2be9f9eb0e5ef96b01d8d150f265579c0869152d05b27b111d09791a6c11578196927a56b2f46846facc2057858d02d9aebc71f153e31ab085508f4032953c03ae829ac0721a2abbc019bb1d983f7939a2b66c7b23b5606ec01ef7398b70ec9a4f4fdae08d136fda987175e3c867d790ee5d6f7c7ae993f22ccb0fee4239850de30203010001', 'service', 1795885284628598, 1795885284656192, NULL);
INSERT INTO streamsign.signing_key VALUES (12, 1, '4d474e10311d9d476714f4a0b0257400', 'second', '\xec8ec750bb1b60be2a68d6c7c7f1b4c295475eb84a2d14736f187e03376ac3da', '\x3082010a028201010093726265c31329348eb5970fb59d6b926274a7f5a04b23264ba3827e1592e3c3ae58a1c05a88980f4f3b4fe256d3ad92efebc1f153c187f243ae53c352cdeb548153d0d44d1bd1c90088327a9579dedf39b4f2aeb26b217b92f1bf0c64d651ae4ac1be4271a370882c6e18a704e1f8fd30aa8ab937dfb94c43e6dddbb324c7aa4e11bc1690677a14e6ed5514d8ad75365593bd857dc542314d2ff78542524e96872f8d72c964c9fad75c63527e21517b12466c26d344a80a2dac0b442d5032b823d1129f27e49362ff7c998be87776b385a3962f0a32a1f81c66d380c8d3d9fbb262cd34a3a36257d2e78f845529d9d12f9ef42bd8869f0db486bc3e03d19a970203010001', 'service', 1795885284674488, NULL, '\x36542fbcd7bcd0c65dc665bea669fdc9d58d084f14200bacaf869efb3f27305af8fcf0bf66d2e53d4949ebbc323ff6a23001189078ec3ee3a270004ff01725db4e2fb5c7c224928b89cb5b97845dce4bd083f9976c6590df43cbc2f5bde5455e281a07dbc8caade4e6e0e42230acd1ef26b2b4d19d52bdb5cc442f4245bbf82232506c0ede128d6e7f71579a9b2453d21474264b238bb41adf35ca5aca669e80f77f1622147cbded9d59ccd31f87d925104d5712c17fb7d337b9e4a13ce5187ae44b1d006395b0d04786dae30e0aff64ed4293ba48580761449d2c8276eb3643190f30a56fcdbc825909e675df3a90d301fcf4a4dc7246a3e4a32a3a0c0bc3d9bef72f16900e691f3126fd4daa897727fa2c7ff181ef2deb71c6eb6701c51916024b0e8a5d64427c3eb71ff6e5d0c603b13781d2bf031e4a6b3320e0e56aee439d6a4a4c4617126d0d5faf98ed963b8fc332e982a2cb7b8fda908db2227b97a530a598dcb607b82562ce0984199937b458da791afb0a9991cfc3dda8b393232bd7cb1f1cfd7e77b59faa73d1bdc5c8382a15bd6f910f33dd3c74c09f2c181c53b1ae7b742a184f66973774e3973aa338b1d623cb2a992d8152f174bcaee818f4cf80a2c026a4c619b43e24e89616d516153fc8e1f75b1a3c856335349ca8ed80bee0ddf271276015c8211dc2b0538b14fdd99370af164af1bb2ecd813815865470175b6009ece54c2169338a7715a8fe196a25cd9952731ba0d76f08a53d656d8b55de8af213c178f1126e9bbad7cee1d5e1b38837f8d74ebe20256b4122cb53dfe8c534e699444482a579ae2f474effd11e305ad0b71a4cdb09093c8c73f6930989e746ea0f4bc7d5c48e7c7e252ebf1ea8385a57a12bfcfe35905f1d74a077a8b957b3d9203881c59b833aa0435aa65361940717b388ac5eb2c609da885636c7fa81d51cab1f1e0f3b8977fccc8ef899f77d0e68c86a4db7aa05258dc643f8cb1dc1d698a40d9a0d441f6d6605d06c4eeab0ee8f6fc844ee942cb691d910ae0dd47db6e0d25570e2683e25c3869aa05bd0afb538f883899979f60f5ad889cac89e97cd94a91a5081b7b6029fb6bb3146a206cdb63e0961f0a31c2638f3f5f8234d37c9648361958e31c74366c61bda52768a5773be0ea3dd34947cc50993a1c84de8a0e23e03cb249494ccdf6c4eb73ff93949a4c2eec27d08de57a9bcaa8ab23cf409e5b710060acec60a44c6c267dbcf71b39250d93f0e4a86c85288a9209fbe750ba11210efe28fa7e8eefd67b958bc56da22af94a6a876334f8107d67cfc99436a5803508e9b431dee01d75de033c85c2951a1d55335562b55b19b0c7f5b96ccb0fded1fd84dc674d27197a66a7bc7b0c89e9d0b09dbd012254f79bf5fdfe7a7a9af37eb66e66fa1275389f5ce4854d6b467519bc863c4bec0fa68f88459e5aa7e8f5fdfdd952038ac1ad23da8e0f17fac0731de0d0350904203f58d35bad58709e62de327ce079ed456a571f86fa401be812957ae4f6a72c9fabb48a1fb096ed5f0a8ff15dd20ca387c2970cabbf49f6fa7f41036d55e913a5561ef2f035f0cc75a12af224daed760bc7d09fec600a5f12131a9d0de6e8552398db3fd3fbb0e9644301b8fa0e6a60b2c36d9cb42bd8e36f6fd8cc926c5f175da770c867009d2744041e1def7c1d86052af52afc5b8b417189902e1fba8a786be538e0e65a210');
INSERT INTO streamsign.signing_key VALUES (14, 1, 'ea2c6c3fe5d067313a483e04b5acd8aa', 'third', '\xa474631492d85fc4b8a8a64c23e28c69f6983a836e9f0e8b13670c12ee18cfd9', '\x3082010a02820101009f2a4cc8a4738d33f7b1cdf2bd494068b8f9bdd40882a83f3266eae48886b2d109c2e8de392bbd68fabb22b14f0b467f30d7ebf6c80db10fc2818eecb8aa35b5cadba529e850f5711f204b8aca8b5018efad2b647d44ac5c99053bdc873a5b0ef341b12356085c018493d520eb945992be210e5bd898398e56bd11b5ad5213d709f489257dbe5fdcd79b854e3cc65971a8959fed91d2de5997a5df39ecdf492498454da1d094a6fa373c7b8849172c73b1cfd5a45886d5396a0102dd9d92b93d21fdad872b7c4065d5f94e3cb96a0bf25a9d04894b6e9b5bc1594a57b8233191af535b7a8866dde5846c407f8740d2db247e18bdaf8fc78f5f2c420bfd73c3f10203010001', 'created', 1795885285404930, NULL, NULL);
INSERT INTO streamsign.signing_key VALUES (15, 1, '3433bf3f4d02dd405019051ac285b4f0', 'third', '\x81abcdbced70469291389a2f676cedfac3c7e6538968b9acd7dea334553770eb', '\x3082010a0282010100e193c73ef639680f313540005b7e3135fca80c217a26fc413dc6ad7bcad2961cd3d4c55cfa7b89bae02f5a601e763ab7baceb19ce3e6d291ef4b4a395958fc7e27d6ba20d02613f97656c8b89329d98a4367793b7149ed31508938a03d53bf1e81593e113a4fddfdf0d85ccf629b5d70a7bfc8966184cebbcd0f540d1bf0ae913279c8145e04479fec158efa7cbdea0eded59fa2a4f35e03ced8b72a0558a9a600bef3d87fc44c5e6bf83ba43096625890f525691d314aa560e14c10edf5e466eb3fdf0adcb1dc7075f3fc4db822ba1ac362683b05467ce59d3a51deb4f09f813ef17fff150947e33650b48e00eb8173912e49118df63aa942de43eae9f884350203010001', 'imported', 1795885285606437, NULL, NULL);
INSERT INTO streamsign.signing_key VALUES (13, 1, '52808c1194f850d10fc6f87f387608e8', 'third', '\xe0bb79a7ab16e96636d19879a77e93d5085028366c8c3af138209e1bac8f17d1', '\x3082010a0282010100e56cb08f8621be59b8582af3055f61d4137c66a34d626d63c95ca48d9008ab2f148d4f28438055f61556c6929d4d2d3c88f2df8d6d95d338744cc4ee5161f67623c6a20725a81746724ffcc28e31ccd7f8eceda56fab022993038fc362e88145977a484a403f6c77328b2004a180a88604b98183eedb9f1f8876e5839f1c135955f017dec1205b2af559a946ac24b6ad140c80e98886f9c2235292a38d0f0952f652c493af55e64659a753b2f5b521e058e0f1cf8f4ec92ccf6622c442fc93a7c48def7be04dd81932b4cfc34d64ee8947004f0b3fac1bd265a9beab7d25671c856f9cb49846c149eacd751c7d36606874a80dcbe9fd85c8f0d8cb149e29da610203010001', 'created', 1795885285367923, 1795885285626011, NULL);
INSERT INTO streamsign.signing_key VALUES (2, 1, '17b43dba86bd467960c1f592258dcbde', 'first', '\xe6a7c9394e20b257f928eba8747bf70ff6215d0ce76e659a1f735ddec2683903', '\x3082010a0282010100bb2d9c9ded90d78781b9805051a63c306c91a8c5b407f2ca599f5ddc68bef05bd599f19502364377be8f73cd56d484d63edaaf474b1d8e3b1f904d0847b3ea5f2463f4a1c292c52ee46b723641fd4f8a987fe9c7a36815c44311d2041be0e6c773e971768a32b2e4e0e5138323ada6d9d4be153f4d9aa24aa9d9da574e6b3edb8798b8ef71e21109b556f2f92331b6dca3708a06d719d62ec8b2fe6a6b82075468b0dd2583471cf0827773ce9a5c30e86689632cbe94b49e609d49096ea168f1baf1a5419a8d197383374968ddd967a4750de717842d1da57b9631dd7a5a1321d9ac30010363ee2a90e055c190034827211196a5a62016986867b0d6ff0647310203010001', 'created', 1795885283606502, 1795885285698657, NULL);
INSERT INTO streamsign.signing_key VALUES (17, 1, '1f75b4e34187a11b87096ef2e3e29324', 'third', '\x9be78027721e78f6fc482b8239c4d7fbf7db1951ee6b7c45eee68eca0c3368d1', '\x3082010a0282010100d8ce50d311877b72e95c5d647e9d6c287cd2f68302db51a6743b57b8f158d08d14664176facebc38fc211261ceb4327d48b276e4cd5f12aaa6018d0459b03d226b72c98bdc51d93b216faafd351f0d3533e3c77db9fb5df8c5b9b1f71549c2ca17f94849fa09b3a105753d17b9bff39294c11085acccc98c8638cd8837341f68976da2e18a1574598c0ba5d9d2c0ecb9137304092b34e4a08ab0446e8c64239ba11360cdf4bf26aead260f370ab360873b18707fe8c2fb81537ceaa1a6c6de4627d576495bd0f7ee931d5318888f9f2ccaa9c3babe63b6ed13894cd250dff6d8865fdb8cb61fdb0471586ed05eb2eaaa1e7eb5230dece5660a6f0676e88a391d0203010001', 'service', 1795885285646264, NULL, '\x0e85eec4c80fd7407a05953cea9ab9d02320a650ecdfa3e569376b397a93ed93b6bc5210666ed39197351ee8cafdec4c1c0caba49528375c3610096a4f6ba0e10abd1821b7885697ebc6a138255c924a45822cca68ecf9beb05174723c1cdb7f396a55f27bdfab0ef902f6e2f05396dec1b5c3d9e1b13987c03c07b8ef6ab08b6f902301db94ea32fbd813d1a9805efc71c7d21f29fdcd8e22cf41d62e92a75b724fcabbe6af64b5704d147e377f6be8a5060eff997af6aa5564d9008269bae9d12198a14236e53bdc3649b3619f77554ea738f6c895a190e5eceec916a9bc21670ebfd5ffc77cc864ecc850745c56a64fddc6aa7d9fe85fb3ad3f30c1430be494a1aaa0df4b366060429418502b9049b99da8e612725479338e6746ffd361a7942c852640cc8ba97623d8a2934689e4c663c9f829a725ee4ec4533f76005b86031816fd8b7f5d743d69fccefb01088b0bb3c8f800ab3f6fc26dc2b5a2f84bcf0fa0c1392951214d166e399495a9012205e38a432e61df4fe2158936c9e47c6a5c688ed17fadf066fe939549d1d11fae5d5c1b480cb4f735e8ddb05edcc0bfa669ffd878edf47b0ebfae0c4ac0bd42deb1dcd0eedb2d8d9acf7109349580286e0d937c59bc5142ecbc3382fbfa189c13b81d913d66ee3ee52662d56348eb1593ebf709fe520fd1361980c3a76baa2a8df586c478aa22d820e124439c0090c7e423c5d33e2a6d0f71465d93920ae4eaec7eab90a8bda3df00b2d81502bb54f2a4355ba6a1a0f9798ecfd1015aa8ceefecfab75ac4ad1d79d8398ed2f2e18e1471b7b802e4f9c5916f3f242d3c9ac3fe4cf1376b5c6c1f420f185c4dacc1a8aa331e2aecfba4d79693232f8e9ca16bdfec78f08da0ea25fe7faa50052a76dbd2e1db4aaa021b9e7e916d0a290987dbe9032f4a33fe22effabb2d87aa5822152f6b91afee6654b5dceccc86a9515c461ca305cfdf4610c77490199a95f7f8bd6b087c7ccbb79dfa2221e16bd1d30aff370100606ef906cb56b112554575a2ba107c905ab7508cc66eb94eff044a2bfa440892f8030d3df2218d70adbd23667e619c064b2f06a6af178cb3626c0c405664209242ba41389fc178b4050ed0d07ac3d73acb336f04a4e9ac7579eb85e1ed23c7b020fa91159936ee90cb6a905397548d93f99dc0e75862e715ad7973ccb321afd4c18c0329749dfd786ac7c5edefb217512ddd9feba4074ee251f306760bb6a68284152613ba890488f7bb86347d7a33f21051fa74f175810ac7438a93f133196acfb4b8feb1b5a60f2f8e405d79f85cf1d98cf589bee5f89bcdace40e8e93030a0064bbf86c679fcfd980fe90fa09d6ad293bc9afd3cc1aa82e543b223cee0463cf3c6381898377791a08479ff22d7aa33586f8ab3f958930b572fdcb5894ee2d4172a91d3ff1e5c95b645f1b6b21de723a84bab6bbcdf2437133c4e6afb52a06581c2530d435dda2dc10da371d43e81899e9a1548a18e80c400cf8daadb3948a154c7f90fb853f0aab7f432ba89f6b817fd6ecf1826b495d32d7d069a730582a2ed0a003954fe89a88179d01de14d36bb8a0f78cd058c8236a31ebe519daddb2bab0a28002d914ac96b9d54609f58ee62220bb23f1ce46dc662f7f01b91b87b60d7afdce8fff13ab14b94e9bc9f3f62dfd5ca0ed3f65e3932e20a3fd78949484aa94a348d97c9122db1da58ba88c4ca54991');
-- Data for Name: store_state; Type: TABLE DATA; Schema: streamsign; Owner: -
INSERT INTO streamsign.store_state VALUES (true, 18, 26, '\x691423d39c57115bfd9ebd6438871e40f4fedbcb928a7f6f32f6d85e0a53a960', 6, '2570da45d6bdf6dc');
-- Name: audit_event audit_event_pkey; Type: CONSTRAINT; Schema: streamsign; Owner: -
ALTER TABLE ONLY streamsign.audit_event
    ADD CONSTRAINT audit_event_pkey PRIMARY KEY (sequence);
-- Name: credential credential_hash_key; Type: CONSTRAINT; Schema: streamsign; Owner: -
ALTER TABLE ONLY streamsign.credential
    ADD CONSTRAINT credential_hash_key UNIQUE (hash);
-- Name: credential credential_id_key; Type: CONSTRAINT; Schema: streamsign; Owner: -
ALTER TABLE ONLY streamsign.credential
    ADD CONSTRAINT credential_id_key UNIQUE (id);
-- Name: credential credential_pkey; Type: CONSTRAINT; Schema: streamsign; Owner: -
ALTER TABLE ONLY streamsign.credential
    ADD CONSTRAINT credential_pkey PRIMARY KEY ("position");
-- Name: key_change key_change_pkey; Type: CONSTRAINT; Schema: streamsign; Owner: -
ALTER TABLE ONLY streamsign.key_change
    ADD CONSTRAINT key_change_pkey PRIMARY KEY (number);
-- Name: migration migration_pkey; Type: CONSTRAINT; Schema: streamsign; Owner: -
ALTER TABLE ONLY streamsign.migration
    ADD CONSTRAINT migration_pkey PRIMARY KEY (number);
-- Name: node node_pkey; Type: CONSTRAINT; Schema: streamsign; Owner: -
ALTER TABLE ONLY streamsign.node
    ADD CONSTRAINT node_pkey PRIMARY KEY (name);
-- Name: signing_key signing_key_account_thumbprint_key; Type: CONSTRAINT; Schema: streamsign; Owner: -
ALTER TABLE ONLY streamsign.signing_key
    ADD CONSTRAINT signing_key_account_thumbprint_key UNIQUE (account, thumbprint);
-- Name: signing_key signing_key_id_key; Type: CONSTRAINT; Schema: streamsign; Owner: -
ALTER TABLE ONLY streamsign.signing_key
    ADD CONSTRAINT signing_key_id_key UNIQUE (id);
-- Name: signing_key signing_key_pkey; Type: CONSTRAINT; Schema: streamsign; Owner: -
ALTER TABLE ONLY streamsign.signing_key
    ADD CONSTRAINT signing_key_pkey PRIMARY KEY ("position");
-- Name: store_state store_state_pkey; Type: CONSTRAINT; Schema: streamsign; Owner: -
ALTER TABLE ONLY streamsign.store_state
    ADD CONSTRAINT store_state_pkey PRIMARY KEY (only_row);
-- Name: credential_valid; Type: INDEX; Schema: streamsign; Owner: -
CREATE INDEX credential_valid ON streamsign.credential USING btree ("position") WHERE (revoked IS NULL);
-- Name: signing_key_listed; Type: INDEX; Schema: streamsign; Owner: -
CREATE INDEX signing_key_listed ON streamsign.signing_key USING btree (account, "position") INCLUDE (id, created) WHERE (revoked IS NULL);
-- Name: signing_key_of_service; Type: INDEX; Schema: streamsign; Owner: -
CREATE UNIQUE INDEX signing_key_of_service ON streamsign.signing_key USING btree (account) WHERE ((origin = 'service'::text) AND (revoked IS NULL));
-- Name: audit_event audit_event_is_final; Type: TRIGGER; Schema: streamsign; Owner: -
CREATE TRIGGER audit_event_is_final BEFORE DELETE OR UPDATE OR TRUNCATE ON streamsign.audit_event FOR EACH STATEMENT EXECUTE FUNCTION streamsign.refuse_change();
-- Name: key_change key_change_key_fkey; Type: FK CONSTRAINT; Schema: streamsign; Owner: -
ALTER TABLE ONLY streamsign.key_change
    ADD CONSTRAINT key_change_key_fkey FOREIGN KEY (key) REFERENCES streamsign.signing_key("position");
-- PostgreSQL database dump complete
