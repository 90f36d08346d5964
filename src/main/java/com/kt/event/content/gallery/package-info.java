/** The finished images: which of them a draft has, and the store of their bytes. */
package com.kt.event.content.gallery;
