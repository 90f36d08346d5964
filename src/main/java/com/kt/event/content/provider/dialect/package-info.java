/** The kinds of image APIs, a file for each: requests and the meaning of responses, and no I/O. */
package com.kt.event.content.provider.dialect;
