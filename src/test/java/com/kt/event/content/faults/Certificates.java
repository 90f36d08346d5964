package com.kt.event.content.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

import io.smallrye.certs.CertificateGenerator;
import io.smallrye.certs.CertificateRequest;
import io.smallrye.certs.Format;

/** A self-signed certificate, and what the two sides of a connection need of it. */
final class Certificates {
    private static final String NAME = "server";
    private static final String PASSWORD = "password";

    private final Path directory;

    /** @param host the host name in the certificate */
    Certificates(Path directory, String host) {
        this.directory = directory.resolve(host);
        try {
            Files.createDirectories(this.directory);
            new CertificateGenerator(this.directory, true).generate(new CertificateRequest().withName(NAME)
                    .withPassword(PASSWORD).withFormat(Format.PEM).withFormat(Format.PKCS12).withCN(host)
                    .withSubjectAlternativeName("DNS:" + host));
        } catch (Exception e) {
            throw new IllegalStateException("no certificate for " + host, e);
        }
    }

    /** For the server. */
    SSLContext context() {
        try (InputStream in = Files.newInputStream(directory.resolve(NAME + "-keystore.p12"))) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(in, PASSWORD.toCharArray());
            KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(keys, PASSWORD.toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            return context;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The same as a file, in the format PKCS12. */
    String keyStore() {
        return directory.resolve(NAME + "-keystore.p12").toString();
    }

    /** For the client that trusts it, in the format PKCS12. */
    String trustStore() {
        return directory.resolve(NAME + "-truststore.p12").toString();
    }

    /** Of both. */
    String password() {
        return PASSWORD;
    }

    /** For the client that trusts it, as PEM. */
    String trusted() {
        return directory.resolve(NAME + "-ca.crt").toString();
    }
}
