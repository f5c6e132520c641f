import java.io.BufferedInputStream;
import java.io.FileInputStream;
import java.io.ObjectInputStream;
import java.util.zip.GZIPInputStream;
import org.codehaus.mojo.animal_sniffer.Clazz;

/** Prints what a signature file of Animal Sniffer holds: a line for each class with what it extends, and a line for each of its members. */
public final class Signatures {
  public static void main(String[] arguments) throws Exception {
    StringBuilder text = new StringBuilder();
    try (ObjectInputStream in = new ObjectInputStream(new BufferedInputStream(new GZIPInputStream(new FileInputStream(arguments[0]))))) {
      for (Clazz type = (Clazz) in.readObject(); type != null; type = (Clazz) in.readObject()) {
        text.append(type.getName()).append(' ').append(type.getSuperClass() == null ? "-" : type.getSuperClass());
        for (String implemented : type.getSuperInterfaces()) text.append(' ').append(implemented);
        text.append('\n');
        for (Object member : type.getSignatures()) text.append('\t').append(member).append('\n');
      }
    }
    System.out.print(text);
  }
}
