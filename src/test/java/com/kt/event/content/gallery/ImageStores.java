package com.kt.event.content.gallery;

import com.kt.event.content.PatientAwaitility;

/** What other packages' tests need of a store that is not theirs. */
public final class ImageStores {
    private ImageStores() {
    }

    /** Tries at once whether it can be written to, as it does every two seconds. */
    public static void probe(ImageStore store) {
        store.probe().await().atMost(PatientAwaitility.LIMIT);
    }
}
