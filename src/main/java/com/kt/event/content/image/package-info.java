/** Image formats: recognizing one, and reading an image to its end without decoding it, to remove its metadata. */
package com.kt.event.content.image;
