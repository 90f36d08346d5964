package com.kt.event.content.gallery;

import java.net.URI;
import java.time.Instant;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** One finished picture. Its JSON is the style's field in {@code content:image:{eventDraftId}}. */
@RegisterForReflection
public record GalleryPicture(URI imageUrl, String jobId, Instant createdAt, Instant expiresAt) {
}
