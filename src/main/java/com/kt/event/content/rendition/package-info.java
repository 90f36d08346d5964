/** Renditions: an image drawn again at the size, in the format and within the bytes that a channel accepts. */
package com.kt.event.content.rendition;
