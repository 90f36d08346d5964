/** HTTP below the resources: limits of requests, bodies, conditional and range requests, and the OpenAPI document. */
package com.kt.event.content.api.http;
