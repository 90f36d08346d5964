/** The finished pictures: which ones a draft has, and their bytes. */
package com.kt.event.content.gallery;
