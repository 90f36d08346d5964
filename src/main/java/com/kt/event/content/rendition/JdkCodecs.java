package com.kt.event.content.rendition;

import java.io.IOException;
import java.util.Iterator;

import javax.imageio.ImageReader;
import javax.imageio.ImageWriter;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.spi.ImageReaderWriterSpi;
import javax.imageio.spi.ImageWriterSpi;

/** The JDK's own readers and writers, which libraries on the class path put theirs before. */
final class JdkCodecs {
    private static final String PACKAGE = "com.sun.imageio.plugins.";

    private JdkCodecs() {
    }

    /** @param format png or jpeg */
    static ImageReader reader(String format) throws IOException {
        return provider(ImageReaderSpi.class, format).createReaderInstance();
    }

    static ImageWriter writer(String format) throws IOException {
        return provider(ImageWriterSpi.class, format).createWriterInstance();
    }

    private static <P extends ImageReaderWriterSpi> P provider(Class<P> kind, String format) {
        Iterator<P> providers = IIORegistry.getDefaultInstance().getServiceProviders(kind, false);
        while (providers.hasNext()) {
            P provider = providers.next();
            if (provider.getClass().getName().startsWith(PACKAGE + format + ".")) {
                return provider;
            }
        }
        throw new IllegalStateException("the JDK has no codec for " + format);
    }
}
