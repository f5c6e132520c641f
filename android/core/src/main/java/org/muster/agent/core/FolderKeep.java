package org.muster.agent.core;

import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Keeps each text in a file of a folder: written beside, brought to the disk, and put in the place of the old one in one step. */
public final class FolderKeep implements Keep {
  private final File folder;

  public FolderKeep(File folder) {
    this.folder = folder;
    if (!folder.isDirectory() && !folder.mkdirs()) throw new Trouble("cannot make " + folder, null);
    ownerOnly(folder);
    folder.setExecutable(true, true);
  }

  private static void ownerOnly(File file) {
    file.setReadable(false, false);
    file.setReadable(true, true);
    file.setWritable(false, false);
    file.setWritable(true, true);
  }

  @Override
  public synchronized String read(String name) {
    File file = new File(folder, name);
    if (!file.exists()) return null;
    try {
      return Bytes.text(Files.readAllBytes(file.toPath()));
    } catch (IOException failed) {
      throw new Trouble("cannot read " + name, failed);
    } catch (Malformed odd) {
      throw new Trouble("cannot read " + name, odd);
    }
  }

  @Override
  public synchronized void write(String name, String text) {
    File beside = new File(folder, name + ".new");
    try {
      FileOutputStream out = new FileOutputStream(beside);
      try {
        ownerOnly(beside);
        out.write(Bytes.utf8(text));
        out.getFD().sync();
      } finally {
        out.close();
      }
      Files.move(beside.toPath(), new File(folder, name).toPath(), StandardCopyOption.ATOMIC_MOVE);
      syncFolder();
    } catch (IOException failed) {
      throw new Trouble("cannot write " + name, failed);
    }
  }

  /** The move itself is on the disk only after this; systems that cannot do it order it by themselves. */
  private void syncFolder() {
    try {
      FileChannel channel = FileChannel.open(folder.toPath(), StandardOpenOption.READ);
      try {
        channel.force(true);
      } finally {
        channel.close();
      }
    } catch (IOException unable) {
      return;
    }
  }

  @Override
  public synchronized void remove(String name) {
    try {
      Files.deleteIfExists(new File(folder, name).toPath());
      syncFolder();
    } catch (IOException failed) {
      throw new Trouble("cannot remove " + name, failed);
    }
  }
}
