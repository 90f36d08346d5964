package com.kt.event.content.gallery;

import com.kt.event.content.PatientAwaitility;

/** Access to the store for the tests of other packages. */
public final class ImageStores {
    private ImageStores() {
    }

    /** Probes at once whether the store can be written to, as the service does every two seconds. */
    public static void probe(ImageStore store) {
        store.probe().await().atMost(PatientAwaitility.LIMIT);
    }
}
