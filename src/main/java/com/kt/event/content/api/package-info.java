/** The HTTP resources, the views that they answer with, and waiting: long polling and Server-Sent Events. */
package com.kt.event.content.api;
