package com.kt.event.content.provider;

/** The right to receive one image, from a {@link DownloadLimiter}. */
interface DownloadPermit {
    /**
     * Returns whether the permit is held. If not, it is queued, and {@code onGranted} runs when the permit is granted, perhaps
     * before this returns. Reentrant: a permit that is held stays held.
     */
    boolean tryAcquire(Runnable onGranted);

    /** The whole image is in memory now. It counts until the permit is released, however long that takes. */
    void received();

    /** The image is not in memory any more, or will not come. */
    void release();

    /** Sets the action to run when the permit is closed; runs it at once if it is closed already. The last one set counts. */
    void onClose(Runnable action);
}
