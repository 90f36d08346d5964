package com.kt.event.content.gallery;

/**
 * The file of an image after it was to be written.
 *
 * @param image as it is in the store
 * @param isNew whether this call has written it; if not, another worker has, and the content may be another image
 */
record WrittenFile(StoredImage image, boolean isNew) {
}
