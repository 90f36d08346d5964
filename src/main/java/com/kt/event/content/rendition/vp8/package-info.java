/** Decodes a key frame of VP8, which is what a lossy WebP consists of, row by row: RFC 6386. */
package com.kt.event.content.rendition.vp8;
