package com.kt.event.content.gallery;

import java.nio.file.Path;

/** The file of a picture, as it was a moment ago. */
public record StoredPicture(Path file, long size) {
}
