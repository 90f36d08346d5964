/** The request for an image: the prompt of each style, retries with backoff, and the ledger of paid calls. */
package com.kt.event.content.generator;
